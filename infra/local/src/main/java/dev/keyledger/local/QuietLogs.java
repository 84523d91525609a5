package dev.keyledger.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps the parts' own chatter out of the log of the JVM that they run in. */
public final class QuietLogs {
  /** The loggers of the parts. */
  public static final List<String> LOGGERS =
      List.of(
          "kafka",
          "state.change.logger",
          "org.apache.kafka",
          "io.zonky.test",
          "com.icegreen.greenmail",
          "de.bwaldvogel.mongo");

  private QuietLogs() {}

  static void quieten() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      LOGGERS.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
    }
  }
}
