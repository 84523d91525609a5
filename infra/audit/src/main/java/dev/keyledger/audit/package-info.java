/** The command {@code keyledger-audit}: its options, its words and its exit statuses. */
@NullMarked
package dev.keyledger.audit;

import org.jspecify.annotations.NullMarked;
