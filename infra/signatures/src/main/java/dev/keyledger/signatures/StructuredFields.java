package dev.keyledger.signatures;

import java.util.Map;
import java.util.function.Function;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parser;

/** Reads structured fields (RFC 8941, which RFC 9421 builds on). */
final class StructuredFields {
  /** The parser's effort grows with the square of the length. */
  static final int MAX_LENGTH = 4096;

  private StructuredFields() {}

  /**
   * The members of a dictionary, in their order.
   *
   * @throws RefusedException if it is none, or longer than {@link #MAX_LENGTH}
   */
  static Map<String, ListElement<?>> dictionary(String value) throws RefusedException {
    return read(value, Parser::parseDictionary).get();
  }

  /** A dictionary, written again in the one way that RFC 8941 section 4.1 has. */
  static String strictDictionary(String value) throws RefusedException {
    return read(value, Parser::parseDictionary).serialize();
  }

  /** A list, likewise. */
  static String strictList(String value) throws RefusedException {
    return read(value, Parser::parseList).serialize();
  }

  /** An item, likewise. */
  static String strictItem(String value) throws RefusedException {
    return read(value, Parser::parseItem).serialize();
  }

  private static <T> T read(String value, Function<Parser, T> parser) throws RefusedException {
    if (value.length() > MAX_LENGTH) {
      throw RefusedException.malformed();
    }
    try {
      return parser.apply(new Parser(value));
    } catch (IllegalArgumentException unreadable) {
      throw RefusedException.malformed();
    }
  }
}
