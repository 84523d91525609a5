package dev.keyledger.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a run was asked for.
 *
 * @param home the root of the repository
 * @param quick one short round of each figure, to see that it works
 * @param json print JSON in place of the table
 * @param figures what to measure
 */
record Options(Path home, boolean quick, boolean json, Set<Figures> figures) {
  /** Groups of figures that can be asked for by their names. */
  enum Figures {
    COMMANDS,
    VISIBLE,
    LOG,
    LIST,
    VERIFY,
    REPLAY,
    REBUILD,
    START
  }

  /**
   * Reads the command line.
   *
   * @param arguments the root of the repository, then options and names of figures; none means all
   * @throws IllegalArgumentException for a word that is neither
   */
  static Options parse(List<String> arguments) {
    Set<Figures> figures = EnumSet.noneOf(Figures.class);
    boolean quick = false;
    boolean json = false;
    for (String word : arguments.subList(1, arguments.size())) {
      switch (word) {
        case "--quick" -> quick = true;
        case "--json" -> json = true;
        default -> figures.add(Figures.valueOf(word.toUpperCase(Locale.ROOT)));
      }
    }
    return new Options(
        Path.of(arguments.getFirst()),
        quick,
        json,
        figures.isEmpty() ? EnumSet.allOf(Figures.class) : figures);
  }

  int rounds() {
    return quick ? 1 : 3;
  }

  /** How long the just-in-time compilers get before the first round of a figure. */
  Duration firstWarmUp() {
    return Duration.ofSeconds(quick ? 3 : 45);
  }

  /** What goes before each round. */
  Duration warmUp() {
    return Duration.ofSeconds(quick ? 1 : 2);
  }

  /** How long one round of one figure is measured. */
  Duration round() {
    return Duration.ofSeconds(quick ? 2 : 10);
  }
}
