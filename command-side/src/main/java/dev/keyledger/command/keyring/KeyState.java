package dev.keyledger.command.keyring;

import java.util.Locale;

/** What a key is to who looks at it; of several that fit, the later one counts. */
public enum KeyState {
  ACTIVE,
  RETIRING,
  DISABLED,
  EXPIRED;

  /** The name in answers. */
  public String publicName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
