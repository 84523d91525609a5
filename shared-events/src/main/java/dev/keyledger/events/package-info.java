/**
 * What Keyledger tells the world: the events of a key ring and the names under which they travel.
 */
@NullMarked
package dev.keyledger.events;

import org.jspecify.annotations.NullMarked;
