package dev.keyledger.bench;

import dev.keyledger.audit.log.BrokerLog;
import dev.keyledger.audit.log.LogReader;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.replay.Replayer;
import dev.keyledger.audit.verify.SignedCheckpoints;
import dev.keyledger.audit.verify.Verification;
import dev.keyledger.events.Topics;
import dev.keyledger.replay.At;
import dev.keyledger.replay.KeyRings;
import dev.keyledger.tlog.VerifierKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Passes over a whole log, in a process of their own: with the virtual machine as {@code
 * infra/keyledger-audit} starts it, and not with what suits the rest of the benchmark.
 */
final class LogPasses {
  /** The word by which the benchmark's program becomes this one. */
  static final String WORD = "--log-passes";

  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> settings;
  private final List<VerifierKey> keys;
  private final int events;

  private LogPasses(String bootstrapServers, String verifierKey, int events) throws Exception {
    this.settings = Map.of("bootstrap.servers", bootstrapServers);
    this.keys = List.of(VerifierKey.parse(verifierKey));
    this.events = events;
  }

  /**
   * How many events a second each pass took.
   *
   * @param consumed by a consumer that only counts them
   */
  record Rates(double consumed, double replayed, double verified) {
    private static final String BEGIN = "rates ";

    /** Empty for a line that tells no rates. */
    static Optional<Rates> in(String line) {
      if (!line.startsWith(BEGIN)) {
        return Optional.empty();
      }
      String[] rates = line.substring(BEGIN.length()).split(" ", 3);
      return Optional.of(
          new Rates(
              Double.parseDouble(rates[0]),
              Double.parseDouble(rates[1]),
              Double.parseDouble(rates[2])));
    }

    String line() {
      return BEGIN + consumed + " " + replayed + " " + verified;
    }
  }

  /** A pass over the whole log. */
  @FunctionalInterface
  private interface Pass {
    /** Returns the number of events. */
    long run() throws Exception;
  }

  /** What comes after the word for a run of this. */
  static List<String> arguments(
      String bootstrapServers, String verifierKey, int events, int rounds) {
    return List.of(
        WORD, bootstrapServers, verifierKey, Integer.toString(events), Integer.toString(rounds));
  }

  /** Prints a line for each round. */
  static void run(String[] arguments) throws Exception {
    LogPasses passes = new LogPasses(arguments[1], arguments[2], Integer.parseInt(arguments[3]));
    int rounds = Integer.parseInt(arguments[4]);
    for (int i = 0; i < rounds; i++) {
      System.out.println(passes.round().line());
    }
  }

  private Rates round() throws Exception {
    return new Rates(perSecond(this::consume), perSecond(this::replay), perSecond(this::verify));
  }

  private double perSecond(Pass pass) throws Exception {
    long began = System.nanoTime();
    long passed = pass.run();
    double seconds = (System.nanoTime() - began) / 1e9;
    if (passed != events) {
      throw new IllegalStateException("%,d of %,d events".formatted(passed, events));
    }
    return passed / seconds;
  }

  private long consume() {
    Map<String, Object> sameFetches = new HashMap<>(BrokerLog.FETCHES);
    sameFetches.putAll(settings);
    try (var consumer =
        new KafkaConsumer<>(
            sameFetches, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.EVENTS).stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long count = 0;
      while (count < events) {
        count += consumer.poll(POLL).count();
      }
      return count;
    }
  }

  private long replay() throws Exception {
    try (LogSource log = new BrokerLog(settings)) {
      KeyRings rings = new Replayer(log, events).replay(new At.End(), (_, _) -> {});
      return rings.size();
    }
  }

  private long verify() throws Exception {
    try (LogSource log = new BrokerLog(settings)) {
      SignedCheckpoints checkpoints = new SignedCheckpoints(keys);
      checkpoints.addFound(log.checkpoints());
      Verification verification = new Verification(log.before(), checkpoints);
      try (LogReader reader = log.read(checkpoints.newest())) {
        for (LogRecord next = reader.next(); next != null; next = reader.next()) {
          verification.accept(next);
        }
      }
      return verification.covered();
    }
  }
}
