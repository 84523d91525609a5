package dev.keyledger.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A request as it goes over the wire, made once and sent many times.
 *
 * @param bytes not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // shared for speed, and never compared
record Request(byte[] bytes) {

  static Request get(String path, String token) {
    return new Request(head("GET", path, token, "\r\n").getBytes(UTF_8));
  }

  /** Waits for a position of the view (contract section 5). */
  static Request get(String path, String token, long minPosition) {
    String header = "Keyledger-Min-Position: " + minPosition + "\r\n\r\n";
    return new Request(head("GET", path, token, header).getBytes(UTF_8));
  }

  /**
   * @param json the body; empty for none
   */
  static Request post(String path, String token, String json) {
    int length = json.getBytes(UTF_8).length;
    String type = length == 0 ? "" : "Content-Type: application/json\r\n";
    String rest = type + "Content-Length: " + length + "\r\n\r\n" + json;
    return new Request(head("POST", path, token, rest).getBytes(UTF_8));
  }

  static Request delete(String path, String token) {
    return new Request(head("DELETE", path, token, "\r\n").getBytes(UTF_8));
  }

  /** Method and path, for messages. */
  String line() {
    String text = new String(bytes, UTF_8);
    return text.substring(0, text.indexOf(" HTTP/1.1"));
  }

  private static String head(String method, String path, String token, String rest) {
    String caller = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
    return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + caller + rest;
  }
}
