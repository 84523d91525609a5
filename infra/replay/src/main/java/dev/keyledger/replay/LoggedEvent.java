package dev.keyledger.replay;

import dev.keyledger.events.KeyRingEvent;

/**
 * An event with its places.
 *
 * @param logIndex in the order over all accounts, from 0
 * @param position in its account's key ring, from 1
 */
public record LoggedEvent(long logIndex, long position, KeyRingEvent event) {}
