package dev.keyledger.audit;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Tells on standard error how far a long run is: a bar that is drawn over on a terminal, a plain
 * line now and then elsewhere.
 */
public final class Progress implements AutoCloseable {
  private static final Duration BAR_EVERY = Duration.ofMillis(200);
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);
  private static final int WIDTH = 30;
  private static final int LOOK_EVERY = 1 << 10;

  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
  private static final Pattern TERMINAL = Pattern.compile("/dev/(pts/\\d+|tty\\w*|console)");

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final String what;
  private long total;
  private final long began;
  private long told;
  private long done;
  private boolean drawn;

  /**
   * Begins.
   *
   * @param total number of events that there will be, 0 if it isn't known
   */
  Progress(PrintWriter out, boolean terminal, LongSupplier nanoTime, String what, long total) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.what = what;
    this.total = total;
    this.began = nanoTime.getAsLong();
    this.told = began;
  }

  /** Whether standard error is one. */
  static boolean isTerminal() {
    return isTerminal(STANDARD_ERROR);
  }

  /**
   * The same, of that link.
   *
   * @param standardError where it isn't there, Java's console stands in: standard input and output
   */
  @SuppressWarnings("SystemConsoleNull") // since JDK 25 it may be null again
  static boolean isTerminal(Path standardError) {
    try {
      return TERMINAL.matcher(Files.readSymbolicLink(standardError).toString()).matches();
    } catch (IOException | UnsupportedOperationException notLinux) {
      // below
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** One more event is done. */
  public void step() {
    done++;
    if (done % LOOK_EVERY == 0) {
      tell();
    }
  }

  /** So many are done by now, of so many; both may have changed. */
  void reached(long events, long ofTotal) {
    done = events;
    total = ofTotal;
    tell();
  }

  private void tell() {
    long now = nanoTime.getAsLong();
    if (now - told >= (terminal ? BAR_EVERY : LINE_EVERY).toNanos()) {
      told = now;
      write(now);
    }
  }

  private void write(long now) {
    double seconds = (now - began) / 1e9;
    double rate = seconds > 0 ? done / seconds : 0;
    String text = "%s %s".formatted(what, total > 0 ? ofTotal(rate) : "%,d events".formatted(done));
    text += ", %,.0f/s".formatted(rate);
    if (terminal) {
      out.print("\r\u001b[K" + text);
      drawn = true;
    } else {
      out.println(text);
    }
    out.flush();
  }

  private String ofTotal(double rate) {
    double share = Math.min(1, (double) done / total);
    String text = "%3d %% %,d of %,d events".formatted((int) (share * 100), done, total);
    if (rate > 0) {
      long left = (long) (Math.max(0, total - done) / rate);
      text += ", %d:%02d left".formatted(left / 60, left % 60);
    }
    return terminal ? bar(share) + text : text;
  }

  private static String bar(double share) {
    int full = (int) (share * WIDTH);
    return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] ";
  }

  /** Wipes the bar away, so that the result stands alone. */
  @Override
  public void close() {
    if (drawn) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
