package dev.keyledger.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The result of a run: rows, and what has to be known to read them. */
final class Report {
  private static final String LINE = "%-44s %12s %12s %7s  %-12s %s%n";

  private final List<Row> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Adds a row, and shows it at once: a run that is ended early has not been for nothing. */
  void add(Row row) {
    rows.add(row);
    System.err.println(line(row));
  }

  /** Adds throughput and latency of ours and of the limit, for a number of callers. */
  void add(String what, int callers, Round ours, Round limit, Mark mark) {
    String who = callers == 1 ? ", 1 caller" : ", " + callers + " callers";
    Row throughput = Row.of(what + who, "/s", ours.perSecond()).against(limit.perSecond());
    add(callers == 1 ? throughput : throughput.mark(mark));
    add(Row.of("  p50", "ms", ours.p50()).against(limit.p50()));
    add(Row.of("  p99", "ms", ours.p99()).against(limit.p99()));
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  String table() {
    StringBuilder table = new StringBuilder();
    table.append(LINE.formatted("figure", "ours", "limit", "ratio", "mark", "").stripTrailing());
    table.append(System.lineSeparator());
    for (Row row : rows) {
      table.append(line(row)).append(System.lineSeparator());
    }
    notes.forEach(note -> table.append(System.lineSeparator()).append(note));
    return table.append(System.lineSeparator()).toString();
  }

  String json() {
    List<Map<String, Object>> figures = new ArrayList<>();
    String group = "";
    for (Row row : rows) {
      boolean detail = row.figure().startsWith("  ");
      group = detail ? group : row.figure();
      Map<String, Object> figure = new LinkedHashMap<>();
      figure.put("figure", detail ? group + ": " + row.figure().strip() : group);
      figure.put("unit", row.unit());
      figure.put("ours", row.ours());
      put(figure, "limit", row.limit());
      put(figure, "ratio", row.ratio());
      row.mark().ifPresent(mark -> figure.put("mark", mark.toString()));
      row.reached().ifPresent(reached -> figure.put("reached", reached));
      figures.add(figure);
    }
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(Map.of("figures", figures, "notes", notes));
  }

  private static String line(Row row) {
    return LINE.formatted(
            row.figure(),
            number(row.ours(), row.unit()),
            row.limit().isPresent() ? number(row.limit().getAsDouble(), row.unit()) : "",
            row.ratio().isPresent() ? two(row.ratio().getAsDouble()) : "",
            row.mark().map(Mark::toString).orElse(""),
            row.reached().map(reached -> reached ? "ok" : "MISSED").orElse(""))
        .stripTrailing();
  }

  private static void put(Map<String, Object> figure, String name, OptionalDouble value) {
    value.ifPresent(number -> figure.put(name, number));
  }

  private static String number(double value, String unit) {
    String format = value >= 100 ? "%,.0f %s" : value >= 10 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, format, value, unit);
  }

  private static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
