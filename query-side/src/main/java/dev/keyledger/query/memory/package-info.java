/** Every live key in this node's memory, kept up by the topic itself, and how fresh that is. */
@NullMarked
package dev.keyledger.query.memory;

import org.jspecify.annotations.NullMarked;
