package dev.keyledger.audit.export;

import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.LogEntry;
import dev.keyledger.tlog.MalformedException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The cells of a row in a format with columns, which hold every byte of its entry. */
final class TableRow {
  /** Attributes that have a column; others go into {@code more}. */
  private static final List<String> ATTRIBUTES =
      List.of(
          "time",
          "type",
          "position",
          "id",
          "subject",
          "source",
          "specversion",
          "datacontenttype",
          "dataschema");

  static final List<String> COLUMNS = columns();

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<TreeMap<String, String>> STRINGS = new TypeReference<>() {};

  private TableRow() {}

  private static List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("logindex", "key"));
    columns.addAll(ATTRIBUTES);
    columns.addAll(List.of("value", "more", "entry", "leafhash"));
    return List.copyOf(columns);
  }

  /** Whether a column is a number where the format has numbers. */
  static boolean isNumber(String column) {
    return column.equals("logindex");
  }

  static List<String> cells(LogRecord row) {
    Map<String, String> cells = new LinkedHashMap<>();
    COLUMNS.forEach(column -> cells.put(column, ""));
    cells.put("logindex", Long.toString(row.index()));
    cells.put("leafhash", row.leafHash().toString());
    Texts texts = Texts.of(row.entry());
    if (texts == null) {
      cells.put("entry", Base64.getEncoder().encodeToString(row.entry().bytes()));
    } else {
      cells.put("key", texts.key());
      cells.put("value", texts.value());
      SortedMap<String, String> more = new TreeMap<>();
      texts
          .attributes()
          .forEach((name, text) ->
              (ATTRIBUTES.contains(name) && !text.isEmpty() ? cells : more).put(name, text));
      if (!more.isEmpty()) {
        cells.put("more", JSON.writeValueAsString(more));
      }
    }
    return List.copyOf(cells.values());
  }

  static LogRecord of(List<String> cells) throws MalformedRowException {
    if (cells.size() != COLUMNS.size()) {
      throw new MalformedRowException("it has " + cells.size() + " cells");
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      row.put(COLUMNS.get(i), cells.get(i));
    }
    try {
      return new LogRecord(
          Long.parseLong(cell(row, "logindex")), entry(row), Hash.parse(cell(row, "leafhash")));
    } catch (JacksonException | MalformedException | IllegalArgumentException e) {
      throw new MalformedRowException("its cells are not those of a row");
    }
  }

  private static LogEntry entry(Map<String, String> row) throws MalformedException {
    String encoded = cell(row, "entry");
    if (!encoded.isEmpty()) {
      return LogEntry.decode(Base64.getDecoder().decode(encoded));
    }
    String more = cell(row, "more");
    SortedMap<String, String> attributes =
        more.isEmpty() ? new TreeMap<>() : JSON.readValue(more, STRINGS);
    for (String name : ATTRIBUTES) {
      String text = cell(row, name);
      if (!text.isEmpty()) {
        attributes.put(name, text);
      }
    }
    return new Texts(cell(row, "key"), attributes, cell(row, "value")).entry();
  }

  private static String cell(Map<String, String> row, String column) {
    return String.valueOf(row.get(column));
  }
}
