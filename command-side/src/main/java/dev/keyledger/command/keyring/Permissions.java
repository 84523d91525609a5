package dev.keyledger.command.keyring;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a key may do. {@code read} is always included. */
final class Permissions {
  static final String WITHDRAW = "withdraw";
  static final List<String> LEAST = List.of("read");
  private static final String READ = "read";
  private static final List<String> ALL = List.of(READ, "trade", WITHDRAW);

  private Permissions() {}

  /** In the order read, trade, withdraw, each once; empty if there is one that nobody knows. */
  static Optional<List<String>> parse(@Nullable List<String> wanted) {
    if (wanted == null) {
      return Optional.of(LEAST);
    }
    if (!ALL.containsAll(wanted)) {
      return Optional.empty();
    }
    return Optional.of(ALL.stream().filter(p -> p.equals(READ) || wanted.contains(p)).toList());
  }
}
