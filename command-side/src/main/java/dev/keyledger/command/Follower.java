package dev.keyledger.command;

/**
 * Something that follows the events from the first one on, in order, each at least once.
 *
 * @param name under which its place is kept; it is for ever
 * @param handler an object with Axon's annotations
 * @param batchSize most events that are handled before its place is written down
 */
public record Follower(String name, Object handler, int batchSize) {}
