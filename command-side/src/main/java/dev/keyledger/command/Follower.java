package dev.keyledger.command;

import java.time.Duration;

/**
 * Something that follows the events from the first one on, in order, each at least once.
 *
 * @param name under which its place is kept; it is for ever
 * @param handler an object with Axon's annotations
 * @param batchSize most events that are handled before its place is written down
 * @param gathering once it has read all events, how soon it looks for more at the earliest; what
 *     comes after a silence is read at once
 */
public record Follower(String name, Object handler, int batchSize, Duration gathering) {}
