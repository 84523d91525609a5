/** What tampering looks like. */
@NullMarked
package dev.keyledger.audit.verify;

import org.jspecify.annotations.NullMarked;
