/** A little exchange whose API is kept by the gateway filter: what to copy into a gateway. */
@NullMarked
package dev.keyledger.sample;

import org.jspecify.annotations.NullMarked;
