package dev.keyledger.events;

/**
 * How often a key may be used: a token bucket.
 *
 * @param perSecond requests per second in the long run; the rate at which the bucket fills
 * @param burst requests that may come at once; the size of the bucket
 */
public record RateLimit(int perSecond, int burst) {}
