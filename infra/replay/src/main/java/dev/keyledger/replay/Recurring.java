package dev.keyledger.replay;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Values of which there are few, and each comes again and again: algorithms, permissions, factors.
 * An event brings its own copies of them, and a replay of a log keeps those of dozens of events for
 * each account; so the first of equal ones is taken for all. Where there are more than was thought,
 * later ones are kept as they come.
 */
final class Recurring {
  private static final int MOST = 1_000;
  private static final Recurring COMMON = new Recurring();

  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final Map<List<String>, List<String>> lists = new ConcurrentHashMap<>();

  /** The one of all replays. */
  static Recurring common() {
    return COMMON;
  }

  /** An equal text. */
  String text(String text) {
    return first(texts, text);
  }

  /** An equal text, or none. */
  @Nullable String textIfAny(@Nullable String text) {
    return text == null ? null : text(text);
  }

  /** An equal list, which can't be changed. */
  List<String> list(List<String> list) {
    return first(lists, List.copyOf(list));
  }

  private static <T> T first(Map<T, T> known, T value) {
    T first = known.get(value);
    if (first == null && known.size() < MOST) {
      first = known.putIfAbsent(value, value);
    }
    return first == null ? value : first;
  }
}
