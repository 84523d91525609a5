/** Tests of the sample over real HTTP. */
@NullMarked
package dev.keyledger.sample;

import org.jspecify.annotations.NullMarked;
