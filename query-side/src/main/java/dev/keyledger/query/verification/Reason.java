package dev.keyledger.query.verification;

import java.util.Locale;

/** Why a signed request is refused, in the order in which it is checked. */
public enum Reason {
  MALFORMED_SIGNATURE,
  COMPONENT_MISSING,
  UNKNOWN_KEY,
  SIGNATURE_MISMATCH,
  ALGORITHM_MISMATCH,
  TOO_OLD,
  FROM_THE_FUTURE,
  EXPIRED,
  DIGEST_MISMATCH,
  KEY_DISABLED,
  KEY_EXPIRED,
  PERMISSION_MISSING,
  IP_NOT_TRUSTED,
  RATE_LIMITED,
  NONCE_REUSED;

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word in answers and metrics. */
  public String text() {
    return text;
  }
}
