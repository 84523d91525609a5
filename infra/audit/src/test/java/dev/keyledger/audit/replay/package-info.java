/** Two sides that part. */
@NullMarked
package dev.keyledger.audit.replay;

import org.jspecify.annotations.NullMarked;
