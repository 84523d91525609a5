/** Records in whatever order they come. */
@NullMarked
package dev.keyledger.audit.log;

import org.jspecify.annotations.NullMarked;
