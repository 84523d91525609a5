/** Files that keep every byte. */
@NullMarked
package dev.keyledger.audit.export;

import org.jspecify.annotations.NullMarked;
