package dev.keyledger.signatures;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Single parameters of a query, in the encoding of RFC 9421 section 2.2.8: read as {@code
 * application/x-www-form-urlencoded} and percent-encoded again (WHATWG URL, sections 5.1 and 5.2).
 */
final class QueryParameters {
  private static final String PLAIN_PUNCTUATION = "*-._";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private QueryParameters() {}

  /**
   * The value of the one parameter with this name.
   *
   * @param name encoded, as in the component's identifier
   * @throws RefusedException if there is none, or more than one, which can't be told apart
   */
  static String value(@Nullable String query, String name) throws RefusedException {
    List<String> values =
        (query == null ? Stream.<String>empty() : Stream.of(query.split("&", -1)))
            .filter(pair -> !pair.isEmpty())
            .filter(pair -> reencoded(nameOf(pair)).equals(name))
            .map(pair -> reencoded(valueOf(pair)))
            .toList();
    if (values.isEmpty()) {
      throw RefusedException.missing();
    }
    if (values.size() > 1) {
      throw RefusedException.malformed();
    }
    return values.getFirst();
  }

  private static String nameOf(String pair) {
    int equals = pair.indexOf('=');
    return equals < 0 ? pair : pair.substring(0, equals);
  }

  private static String valueOf(String pair) {
    int equals = pair.indexOf('=');
    return equals < 0 ? "" : pair.substring(equals + 1);
  }

  private static String reencoded(String text) {
    return encoded(new String(decoded(text), StandardCharsets.UTF_8));
  }

  private static byte[] decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length() && isHex(text, i + 1) && isHex(text, i + 2)) {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isHex(String text, int at) {
    return HexFormat.isHexDigit(text.charAt(at));
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(byte b) {
    return Text.isAlphanumeric(b) || PLAIN_PUNCTUATION.indexOf(b) >= 0;
  }
}
