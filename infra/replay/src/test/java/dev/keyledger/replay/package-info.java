/** Histories, what they come to, and the page that says how states are hashed. */
@NullMarked
package dev.keyledger.replay;

import org.jspecify.annotations.NullMarked;
