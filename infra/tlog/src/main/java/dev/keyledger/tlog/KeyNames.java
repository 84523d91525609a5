package dev.keyledger.tlog;

/** The names of keys in notes (C2SP signed-note, "Format"). */
final class KeyNames {
  private KeyNames() {}

  /** Neither empty nor with a plus, a space or a control character. */
  static boolean isName(String name) {
    return !name.isEmpty() && name.codePoints().allMatch(KeyNames::isNameCharacter);
  }

  private static boolean isNameCharacter(int c) {
    return c != '+'
        && !Character.isWhitespace(c)
        && !Character.isSpaceChar(c)
        && !Character.isISOControl(c)
        && Character.getType(c) != Character.SURROGATE;
  }
}
