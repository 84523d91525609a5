/** A service of another team: it knows the public topic and the events, and nothing else. */
@NullMarked
package dev.keyledger.subscriber;

import org.jspecify.annotations.NullMarked;
