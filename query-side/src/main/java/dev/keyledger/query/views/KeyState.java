package dev.keyledger.query.views;

import java.util.Locale;

/** What can become of a live key. */
public enum KeyState {
  ACTIVE,
  /** It works no more until it is enabled again. */
  DISABLED,
  /** Its end is reached; it stays until it is deleted. */
  EXPIRED,
  /** Another key took its place; it works until its grace ends. */
  RETIRING;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The word in answers. */
  public String text() {
    return text;
  }
}
