package dev.keyledger.command.relay;

import dev.keyledger.events.KeyRingEvent;

/**
 * An event with its places.
 *
 * @param logIndex in the log of all accounts, from 0
 * @param position in its account, from 1
 */
public record PlacedEvent(long logIndex, long position, KeyRingEvent event) {}
