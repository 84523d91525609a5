package dev.keyledger.audit.export;

import dev.keyledger.tlog.LogEntry;
import dev.keyledger.tlog.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An entry whose bytes are all UTF-8, as every event of Keyledger's is, so that people can read it.
 */
record Texts(String key, SortedMap<String, String> attributes, String value) {

  /** Null if a part of the entry isn't text. */
  static @Nullable Texts of(LogEntry entry) {
    try {
      SortedMap<String, String> attributes = new TreeMap<>();
      for (String name : entry.attributeNames()) {
        attributes.put(name, text(entry.attribute(name)));
      }
      return new Texts(text(entry.key()), attributes, text(entry.value()));
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  LogEntry entry() throws MalformedException {
    LogEntry.Builder entry = LogEntry.builder();
    for (String name : attributes.keySet()) {
      entry.header("ce_" + name, bytes(String.valueOf(attributes.get(name))));
    }
    return entry.build(bytes(key), bytes(value));
  }

  private static String text(byte @Nullable [] utf8) throws CharacterCodingException {
    ByteBuffer bytes = ByteBuffer.wrap(utf8 == null ? new byte[0] : utf8);
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
