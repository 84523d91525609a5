package dev.keyledger.http.shortcut;

/** A path with at most one variable, which stands for a segment that needs no decoding. */
final class ShortPath {
  private static final int LONGEST_VARIABLE = 64;

  private final String before;
  private final String after;
  private final boolean hasVariable;

  /**
   * @param template as in {@code /v1/challenges/{challengeId}/verification}
   */
  ShortPath(String template) {
    int begin = template.indexOf('{');
    hasVariable = begin >= 0;
    before = hasVariable ? template.substring(0, begin) : template;
    after = hasVariable ? template.substring(template.indexOf('}') + 1) : "";
  }

  boolean matches(String uri) {
    return hasVariable
        ? uri.startsWith(before) && uri.endsWith(after) && isPlain(variableOf(uri))
        : uri.equals(before);
  }

  /** What a path that matches has in place of the variable; empty without one. */
  String variableOf(String uri) {
    int end = uri.length() - after.length();
    return end > before.length() ? uri.substring(before.length(), end) : "";
  }

  private static boolean isPlain(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_VARIABLE
        && text.chars().allMatch(ShortPath::isPlain);
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
