package dev.keyledger.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that must not be seen by accident: a code, a seed, a private key. It prints as nothing,
 * has no equality, and every place that looks inside can be found by searching for {@code
 * reveal()}.
 */
public final class SecretText {
  private final String text;

  private SecretText(String text) {
    this.text = text;
  }

  public static SecretText of(String text) {
    return new SecretText(text);
  }

  /** Compares in a time that depends on the lengths only. */
  public boolean matches(SecretText other) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
  }

  /** The text itself, for the one place that has to show or send it. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "[hidden]";
  }
}
