package dev.keyledger.replay;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Values of which there are few, and each comes again and again: algorithms, permissions, factors.
 * An event brings its own copies of them, and a replay of a log keeps those of dozens of events for
 * each account; so the first of equal ones is taken for all. What is longer than such values are,
 * or comes when there are more of them than was thought, is kept as it comes. Safe for use by
 * several threads.
 */
final class Recurring {
  static final int MOST = 1_000;
  static final int LONGEST_TEXT = 64;
  private static final int LONGEST_LIST = 8;

  /** For all replays. */
  static final Recurring COMMON = new Recurring();

  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final Map<List<String>, List<String>> lists = new ConcurrentHashMap<>();

  /** An equal text. */
  String text(String text) {
    return text.length() > LONGEST_TEXT ? text : first(texts, text);
  }

  /** An equal text, or none. */
  @Nullable String textIfAny(@Nullable String text) {
    return text == null ? null : text(text);
  }

  /** An equal list, which can't be changed. */
  List<String> list(List<String> list) {
    List<String> kept = List.copyOf(list);
    return kept.size() > LONGEST_LIST
            || kept.stream().anyMatch(text -> text.length() > LONGEST_TEXT)
        ? kept
        : first(lists, kept);
  }

  private static <T> T first(Map<T, T> known, T value) {
    T first = known.get(value);
    if (first == null && known.size() < MOST) {
      first = known.putIfAbsent(value, value);
    }
    return first == null ? value : first;
  }
}
