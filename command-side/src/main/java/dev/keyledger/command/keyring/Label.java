package dev.keyledger.command.keyring;

import java.util.regex.Pattern;

/** The rule for labels: short, plain, and told apart at a glance. */
final class Label {
  /**
   * 3 to 64 of A–Z, a–z, 0–9, space, {@code - _ .}; one upper-case letter, one lower-case letter
   * and one digit at least; no space at either end.
   */
  private static final Pattern RULE =
      Pattern.compile(
          "(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?! )[A-Za-z0-9 _.-]{3,64}(?<! )", Pattern.DOTALL);

  private Label() {}

  static boolean isValid(String label) {
    return RULE.matcher(label).matches();
  }
}
