package dev.keyledger.command.keyring;

import java.util.Optional;

/** Why the support did something: a few words that somebody may ask for later. */
final class SupportReason {
  private static final int LEAST = 3;
  private static final int MOST = 500;

  private SupportReason() {}

  /** Without the space around it; empty if it has not 3 to 500 characters then. */
  static Optional<String> parse(String text) {
    String words = text.strip();
    int length = words.codePointCount(0, words.length());
    return length >= LEAST && length <= MOST ? Optional.of(words) : Optional.empty();
  }
}
