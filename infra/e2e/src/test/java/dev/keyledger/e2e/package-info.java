/** Both services as real processes, killed without warning in the middle of the flow. */
@NullMarked
package dev.keyledger.e2e;

import org.jspecify.annotations.NullMarked;
