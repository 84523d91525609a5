/** The way out: every event, in order per account, to Kafka. */
@NullMarked
package dev.keyledger.command.relay;

import org.jspecify.annotations.NullMarked;
