package dev.keyledger.replay;

import java.util.Locale;

/** What a key that was not deleted can be at an instant. */
public enum KeyState {
  ACTIVE,
  /** It works no more until it is enabled again. */
  DISABLED,
  /** Its end is reached. */
  EXPIRED,
  /** Another key took its place; it works until its grace ends. */
  RETIRING,
  /** Its grace is over; that it is deleted only follows. */
  RETIRED;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The word in answers. */
  public String text() {
    return text;
  }
}
