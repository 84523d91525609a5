package dev.keyledger.signatures;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parameters;
import org.jspecify.annotations.Nullable;

/** The values of header fields as components (RFC 9421, section 2.1). */
final class Fields {
  private static final Set<String> PARAMETERS = Set.of("sf", "key", "bs");

  /** Fields whose type the IANA registry of field names gives; others can't be had with sf. */
  private static final Set<String> DICTIONARIES =
      Set.of(
          "accept-signature",
          "cdn-cache-control",
          "content-digest",
          "priority",
          "repr-digest",
          "signature",
          "signature-input",
          "want-content-digest",
          "want-repr-digest");

  private static final Set<String> LISTS =
      Set.of("accept-ch", "cache-status", "client-cert-chain", "proxy-status");
  private static final Set<String> ITEMS = Set.of("client-cert", "origin-agent-cluster");

  private Fields() {}

  static boolean isName(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> Text.isTokenChar(c) && !upperCase(c));
  }

  static String value(SignedRequest request, String name, Parameters parameters)
      throws RefusedException {
    ParameterReader.allow(parameters, PARAMETERS);
    boolean strict = ParameterReader.flag(parameters, "sf");
    boolean binary = ParameterReader.flag(parameters, "bs");
    String key = ParameterReader.text(parameters, "key");
    if (binary && (strict || key != null)) {
      throw RefusedException.malformed();
    }
    List<String> lines = lines(request, name);
    if (binary) {
      return binary(lines);
    }
    String value = String.join(", ", lines);
    if (key != null) {
      return member(value, key);
    }
    return strict ? strict(name, value) : value;
  }

  /** The field's lines, each without white space around it and without line folding. */
  static List<String> lines(SignedRequest request, String name) throws RefusedException {
    List<String> lines = new ArrayList<>();
    for (String line : request.lines(name)) {
      lines.add(Text.withoutOuterSpace(Text.unfolded(line)));
    }
    if (lines.isEmpty()) {
      throw RefusedException.missing();
    }
    return lines;
  }

  private static String binary(List<String> lines) throws RefusedException {
    StringJoiner list = new StringJoiner(", ");
    for (String line : lines) {
      if (!line.chars().allMatch(c -> c <= 0xff)) {
        throw RefusedException.malformed();
      }
      byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
      list.add(":" + Base64.getEncoder().encodeToString(bytes) + ":");
    }
    return list.toString();
  }

  private static String member(String value, String key) throws RefusedException {
    Map<String, ListElement<?>> members = StructuredFields.dictionary(value);
    @Nullable ListElement<?> member = members.get(key);
    if (member == null) {
      throw RefusedException.missing();
    }
    return member.serialize();
  }

  private static String strict(String name, String value) throws RefusedException {
    if (DICTIONARIES.contains(name)) {
      return StructuredFields.strictDictionary(value);
    }
    if (LISTS.contains(name)) {
      return StructuredFields.strictList(value);
    }
    if (ITEMS.contains(name)) {
      return StructuredFields.strictItem(value);
    }
    throw RefusedException.malformed();
  }

  private static boolean upperCase(int c) {
    return c >= 'A' && c <= 'Z';
  }
}
