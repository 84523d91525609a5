package dev.keyledger.audit.export;

import dev.keyledger.audit.log.LogRecord;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows as lines of JSON. The value of a record is there as it is, byte by byte, and last: what of
 * it would be lost that way (no JSON, line breaks) goes as a whole into {@code entry}, in Base64.
 */
public final class JsonLinesWriter implements RowWriter {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final BufferedWriter out;

  JsonLinesWriter(Path file) throws IOException {
    out = Files.newBufferedWriter(file);
  }

  @Override
  public void write(LogRecord row) throws IOException {
    out.append(line(row)).append('\n');
  }

  /** A row, without the end of its line. */
  public static String line(LogRecord row) {
    Texts texts = Texts.of(row.entry());
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberProperty("logindex", row.index());
      json.writeStringProperty("leafhash", row.leafHash().toString());
      if (texts != null && isOneLineOfJson(texts.value())) {
        json.writeStringProperty("key", texts.key());
        json.writeObjectPropertyStart("attributes");
        texts.attributes().forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeName("value");
        json.writeRawValue(texts.value());
      } else {
        json.writeStringProperty("entry", Base64.getEncoder().encodeToString(row.entry().bytes()));
      }
      json.writeEndObject();
    }
    return line.toString();
  }

  /** Begins and ends with its braces, so that it can be told where it is in the line. */
  private static boolean isOneLineOfJson(String value) {
    if (!value.startsWith("{")
        || !value.endsWith("}")
        || value.indexOf('\n') >= 0
        || value.indexOf('\r') >= 0) {
      return false;
    }
    try {
      JSON.readTree(value);
      return true;
    } catch (JacksonException _) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
