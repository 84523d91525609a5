package dev.keyledger.command;

import dev.keyledger.events.KeyRingEvent;
import java.util.function.Consumer;

/**
 * Something that is told of events in the transaction that appends them, for what must hold as soon
 * as a command is answered. What it throws undoes the command.
 */
public record InTransaction(Consumer<KeyRingEvent> handler) {}
