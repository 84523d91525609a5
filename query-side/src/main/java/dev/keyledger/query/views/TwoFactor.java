package dev.keyledger.query.views;

import java.util.Locale;

/** How far an account is with its second factor. */
public enum TwoFactor {
  DISABLED,
  PENDING,
  ENABLED;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The word that the contract uses (section 5), also in the store. */
  public String text() {
    return text;
  }

  /**
   * The constant of a word.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static TwoFactor of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
