package dev.keyledger.signatures;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests for tests out of the text that RFCs show them in. */
final class Messages {
  private Messages() {}

  /** An HTTP/1.1 message, sent over HTTPS; a line of white space and text goes on with a field. */
  static SignedRequest https(String message) {
    int empty = message.indexOf("\n\n");
    String head = empty < 0 ? message : message.substring(0, empty);
    String body = empty < 0 ? "" : message.substring(empty + 2);
    List<String> lines = new ArrayList<>();
    for (String line : head.split("\n", -1)) {
      if (line.startsWith(" ")) {
        lines.add(lines.removeLast() + "\n" + line);
      } else if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    String[] request = lines.removeFirst().split(" ", -1);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line : lines) {
      String[] field = line.split(":", 2);
      headers.computeIfAbsent(field[0], name -> new ArrayList<>()).add(field[1]);
    }
    String host = headers.getOrDefault("Host", List.of("example.com")).getFirst().strip();
    return new SignedRequest(
        request[0],
        URI.create("https://" + host + request[1]),
        headers,
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** The text of the signature base, without its last line. */
  static String base(SignedRequest request, String components) throws RefusedException {
    String base = wholeBase(request, components);
    return base.substring(0, Math.max(0, base.lastIndexOf('\n')));
  }

  static String wholeBase(SignedRequest request, String covered) throws RefusedException {
    return new String(
        SignatureBase.of(request, org.greenbytes.http.sfv.Parser.parseInnerList(covered)),
        StandardCharsets.US_ASCII);
  }
}
