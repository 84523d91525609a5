package dev.keyledger.query.verification;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When and from where a key was last used.
 *
 * @param at when it was: of uses in one minute, too, the latest counts
 * @param ip the address in its canonical form (RFC 5952 for IPv6)
 */
public record LastUse(Instant at, String ip) {

  /** The minute in which it was, UTC: all that is told of the time. */
  public Instant minute() {
    return at.truncatedTo(ChronoUnit.MINUTES);
  }
}
