/**
 * The benchmark: both services over real parts, against limits that are measured in the same run.
 */
@NullMarked
package dev.keyledger.bench;

import org.jspecify.annotations.NullMarked;
