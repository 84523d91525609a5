package dev.keyledger.bench;

import dev.keyledger.local.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A second node of command-side, with callers of its own inside and the options and settings of the
 * first, which goes on doing all that follows the events.
 */
final class Inside implements AutoCloseable {
  static final String READY = "ready";
  static final String LOG = "log ";
  private static final String ROUND = "round ";
  private static final int LAST_LINES = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final BufferedReader answers;
  private final PrintStream orders;

  private Inside(Process process) {
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** Starts it and waits until it takes orders; the cleanup ends it if nobody else does. */
  static Inside start(Stage stage) throws IOException {
    Path jar =
        stage.options().home().resolve("infra/bench/inside/target/keyledger-bench-inside.jar");
    ServiceCommand first = ServiceCommand.of(stage.platform().pid("command-side"));
    ServiceCommand node = first.secondNode(Ports.free());
    List<String> command = first.other(jar, List.of(), 0, Map.of()).command();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(node.environment());
    builder.redirectErrorStream(true);
    Inside inside = stage.cleanup().keep(new Inside(builder.start()));
    var _ = inside.await(READY);
    return inside;
  }

  /** Runs a round, as {@link ClosedLoop} does. */
  Round run(int callers, Duration warmUp, Duration time) throws IOException {
    orders.println(callers + " " + warmUp.toMillis() + " " + time.toMillis());
    double[] figures =
        Stream.of(await(ROUND).split(" ", 0)).mapToDouble(Double::parseDouble).toArray();
    return new Round(figures[0], figures[1], figures[2]);
  }

  /**
   * Nanoseconds of processor time that the log takes for each event.
   *
   * @param batch number of events that get their places together
   */
  double logNanos(int batch) throws IOException {
    orders.println(LOG + batch);
    return Double.parseDouble(await(LOG));
  }

  static String written(Round round) {
    return ROUND + round.perSecond() + " " + round.p50() + " " + round.p99();
  }

  /** What comes after these words, in the next line that begins with them; the rest is its log. */
  private String await(String words) throws IOException {
    Deque<String> log = new ArrayDeque<>();
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(words)) {
        return line.substring(words.length());
      }
      log.add(line);
      if (log.size() > LAST_LINES) {
        log.removeFirst();
      }
    }
    throw new IOException("The node with callers inside ended:\n" + String.join("\n", log));
  }

  @Override
  public void close() throws InterruptedException {
    orders.close();
    if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
  }
}
