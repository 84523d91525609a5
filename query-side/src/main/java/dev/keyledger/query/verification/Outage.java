package dev.keyledger.query.verification;

import java.util.Locale;

/** Why nothing can be said of a signed request, which is neither accepted nor refused then. */
public enum Outage {
  /** This node has not heard of the topic's end for too long. */
  STALE,
  /** An event of the account could not be read. */
  INCOMPLETE,
  /** The root key that the key's secret is derived from is not configured here. */
  ROOT_KEY_MISSING,
  /** The replay guard can remember no more nonces. */
  NONCES_FULL;

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word in metrics. */
  public String text() {
    return text;
  }
}
