/** The way out: every event gets its place in the log, and goes to Kafka in that order. */
@NullMarked
package dev.keyledger.command.relay;

import org.jspecify.annotations.NullMarked;
