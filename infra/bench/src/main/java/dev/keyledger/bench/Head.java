package dev.keyledger.bench;

/**
 * What the load generator wants to know from the head of an answer.
 *
 * @param length bytes of the body, if it is not chunked
 * @param position the header {@code Keyledger-Position}, 0 without one
 */
record Head(int status, int length, boolean chunked, long position) {
  private static final String LENGTH = "content-length:";
  private static final String ENCODING = "transfer-encoding:";
  private static final String POSITION = "keyledger-position:";

  /** Reads status line and header lines, each ending in CR LF. */
  static Head parse(String head) {
    int status = Integer.parseInt(head, 9, 12, 10);
    int length = 0;
    boolean chunked = false;
    long position = 0;
    int line = head.indexOf("\r\n") + 2;
    while (line < head.length()) {
      int end = head.indexOf("\r\n", line);
      if (starts(head, line, LENGTH)) {
        length = Integer.parseInt(head.substring(line + LENGTH.length(), end).strip());
      } else if (starts(head, line, ENCODING)) {
        chunked = true;
      } else if (starts(head, line, POSITION)) {
        position = Long.parseLong(head.substring(line + POSITION.length(), end).strip());
      }
      line = end + 2;
    }
    return new Head(status, length, chunked, position);
  }

  private static boolean starts(String head, int at, String name) {
    return head.regionMatches(true, at, name, 0, name.length());
  }
}
