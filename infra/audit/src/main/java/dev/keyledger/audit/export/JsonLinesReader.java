package dev.keyledger.audit.export;

import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.LogEntry;
import dev.keyledger.tlog.MalformedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@link JsonLinesWriter} wrote, and no other JSON of the same meaning. */
final class JsonLinesReader implements RowReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final BufferedReader in;

  JsonLinesReader(Path file) throws IOException {
    in = Files.newBufferedReader(file);
  }

  @Override
  public @Nullable LogRecord next() throws IOException, MalformedRowException {
    try {
      String line = in.readLine();
      return line == null ? null : row(line);
    } catch (JacksonException | MalformedException | IllegalArgumentException e) {
      throw new MalformedRowException("it is no line of an export");
    } catch (CharacterCodingException e) {
      throw new MalformedRowException("it is not UTF-8");
    }
  }

  private static LogRecord row(String line) throws MalformedException, MalformedRowException {
    try (JsonParser parser = JSON.createParser(line)) {
      expect(parser.nextToken() == JsonToken.START_OBJECT);
      expect("logindex".equals(parser.nextName()));
      expect(parser.nextToken() == JsonToken.VALUE_NUMBER_INT);
      long index = parser.getLongValue();
      Hash leafHash = Hash.parse(string(parser, "leafhash"));
      String name = String.valueOf(parser.nextName());
      expect(parser.nextToken() == JsonToken.VALUE_STRING);
      LogEntry entry =
          switch (name) {
            case "key" -> texts(line, parser).entry();
            case "entry" -> LogEntry.decode(Base64.getDecoder().decode(parser.getString()));
            default -> throw new MalformedRowException("it has neither a key nor an entry");
          };
      return new LogRecord(index, entry, leafHash);
    }
  }

  /** Its key is read already. */
  private static Texts texts(String line, JsonParser parser) throws MalformedRowException {
    String key = parser.getString();
    expect("attributes".equals(parser.nextName()));
    expect(parser.nextToken() == JsonToken.START_OBJECT);
    TreeMap<String, String> attributes = new TreeMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      expect(parser.nextToken() == JsonToken.VALUE_STRING);
      expect(attributes.put(name, parser.getString()) == null);
    }
    expect("value".equals(parser.nextName()));
    expect(parser.nextToken() == JsonToken.START_OBJECT);
    int begin = (int) parser.currentTokenLocation().getCharOffset();
    expect(line.endsWith("}}"));
    return new Texts(key, attributes, line.substring(begin, line.length() - 1));
  }

  private static String string(JsonParser parser, String name) throws MalformedRowException {
    expect(name.equals(parser.nextName()));
    expect(parser.nextToken() == JsonToken.VALUE_STRING);
    return parser.getString();
  }

  private static void expect(boolean holds) throws MalformedRowException {
    if (!holds) {
      throw new MalformedRowException("its members are not those of a row");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
