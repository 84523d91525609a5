package dev.keyledger.query.audit;

/**
 * How far a partition of a topic has been read into the log.
 *
 * @param next the first offset that is not in it
 */
public record Offset(String topic, int partition, long next) {}
