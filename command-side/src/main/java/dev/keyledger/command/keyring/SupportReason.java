package dev.keyledger.command.keyring;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why the support did something: a few words that somebody may ask for later. They are kept for
 * ever, on the topic too, where no e-mail address may be.
 */
final class SupportReason {
  private static final int LEAST = 3;
  private static final int MOST = 500;
  private static final Pattern FORBIDDEN = Pattern.compile("\\p{Cc}|\\S@\\S");

  private SupportReason() {}

  /**
   * Without the space around it; empty if it has not 3 to 500 characters then, holds control
   * characters or looks like holding an e-mail address.
   */
  static Optional<String> parse(String text) {
    String words = text.strip();
    int length = words.codePointCount(0, words.length());
    return length >= LEAST && length <= MOST && !FORBIDDEN.matcher(words).find()
        ? Optional.of(words)
        : Optional.empty();
  }
}
