package dev.keyledger.query.verification;

import java.time.Instant;

/**
 * When and from where a key was last used.
 *
 * @param at the minute in which it was, UTC
 * @param ip the address in its canonical form (RFC 5952 for IPv6)
 */
public record LastUse(Instant at, String ip) {}
