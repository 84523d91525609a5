package dev.keyledger.signatures;

/** The characters of HTTP (RFC 9110, section 5.6). */
final class Text {
  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

  private Text() {}

  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(Text::isTokenChar);
  }

  static boolean isTokenChar(int c) {
    return isAlphanumeric(c) || TOKEN_PUNCTUATION.indexOf(c) >= 0;
  }

  static boolean isAlphanumeric(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /** Whether all of it may stand in a signature base: no control characters, nothing but ASCII. */
  static boolean isFieldContent(String text) {
    return text.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\t');
  }

  static String withoutOuterSpace(String line) {
    int from = 0;
    int to = line.length();
    while (from < to && isSpace(line.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(line.charAt(to - 1))) {
      to--;
    }
    return line.substring(from, to);
  }

  /** Puts one space where a line was folded (RFC 9112, section 5.2); other line ends stay. */
  static String unfolded(String line) {
    if (line.indexOf('\n') < 0) {
      return line;
    }
    StringBuilder unfolded = new StringBuilder(line.length());
    int i = 0;
    while (i < line.length()) {
      int next = afterFold(line, i);
      if (next < 0) {
        unfolded.append(line.charAt(i));
        i++;
      } else {
        dropTrailingSpace(unfolded);
        unfolded.append(' ');
        i = next;
      }
    }
    return unfolded.toString();
  }

  private static int afterFold(String line, int at) {
    int i = at;
    if (i < line.length() && line.charAt(i) == '\r') {
      i++;
    }
    if (i >= line.length() || line.charAt(i) != '\n') {
      return -1;
    }
    i++;
    int folded = i;
    while (i < line.length() && isSpace(line.charAt(i))) {
      i++;
    }
    return i > folded ? i : -1;
  }

  private static void dropTrailingSpace(StringBuilder text) {
    while (!text.isEmpty() && isSpace(text.charAt(text.length() - 1))) {
      text.setLength(text.length() - 1);
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
