package dev.keyledger.local;

import java.time.Instant;

/**
 * One mail as the mail box shows it.
 *
 * @param to the address it was delivered to, in lower case
 * @param text the plain-text body
 */
public record Mail(String to, String subject, String text, Instant receivedAt) {}
