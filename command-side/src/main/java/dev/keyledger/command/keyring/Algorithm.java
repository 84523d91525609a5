package dev.keyledger.command.keyring;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a key signs requests. */
public enum Algorithm {
  ED25519("ed25519"),
  HMAC_SHA256("hmac-sha256");

  private final String publicName;

  Algorithm(String publicName) {
    this.publicName = publicName;
  }

  /** The name in requests, answers and events. */
  public String publicName() {
    return publicName;
  }

  /** {@link #ED25519} if none is named; empty if nobody knows the name. */
  public static Optional<Algorithm> parse(@Nullable String name) {
    return name == null
        ? Optional.of(ED25519)
        : Arrays.stream(values()).filter(a -> a.publicName.equals(name)).findFirst();
  }
}
