package dev.keyledger.query.audit;

import java.time.Instant;

/**
 * Something that must not be: the log was tampered with, or its makers are broken.
 *
 * @param id the same whenever the same is met again
 * @param text what is wrong, with nothing of a value
 */
public record Alarm(String id, String text, Instant at) {}
