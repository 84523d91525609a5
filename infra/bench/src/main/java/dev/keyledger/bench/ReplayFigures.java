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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How fast an auditor reads a log, against a consumer that only counts its records. */
final class ReplayFigures {
  private static final int EVENTS = 1_000_000;
  private static final int EVENTS_QUICK = 50_000;
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> settings;
  private final List<VerifierKey> keys;
  private final int events;

  private ReplayFigures(String bootstrapServers, String verifierKey, int events) throws Exception {
    this.settings = Map.of("bootstrap.servers", bootstrapServers);
    this.keys = List.of(VerifierKey.parse(verifierKey));
    this.events = events;
  }

  /** A pass over the whole log. */
  @FunctionalInterface
  private interface Pass {
    /** Returns the number of events. */
    long run() throws Exception;
  }

  /** Needs no other part than a broker of its own. */
  static void measure(Options options, Path folder, Cleanup cleanup, Report report)
      throws Exception {
    int events = options.quick() ? EVENTS_QUICK : EVENTS;
    try (Broker broker = Broker.start(folder, cleanup)) {
      System.err.printf("writing a log of %,d events%n", events);
      String key = SampleLog.write(broker.bootstrapServers(), events);
      new ReplayFigures(broker.bootstrapServers(), key, events).passes(options, report);
      new AuditTool(options, folder, key, cleanup, report).measure(broker.bootstrapServers());
    }
  }

  private void passes(Options options, Report report) throws Exception {
    List<Double> raw = new ArrayList<>();
    List<Double> replays = new ArrayList<>();
    List<Double> verifications = new ArrayList<>();
    for (int i = 0; i <= options.rounds(); i++) {
      System.err.printf("reading the log, round %d%s%n", i, i == 0 ? ", to warm up" : "");
      double consumed = perSecond(this::consume);
      double replayed = perSecond(this::replay);
      double verified = perSecond(this::verify);
      if (i > 0) {
        raw.add(consumed);
        replays.add(replayed);
        verifications.add(verified);
      }
    }
    double limit = Round.median(raw, Double::doubleValue);
    report.add(row("events replayed", replays, limit).mark(Mark.REPLAY));
    report.add(row("events verified", verifications, limit));
    report.note(
        "Limit of a replay: a plain consumer that counts the %,d events, and fetches as much at once."
            .formatted(events));
  }

  private static Row row(String figure, List<Double> ours, double limit) {
    return Row.of(figure, "/s", Round.median(ours, Double::doubleValue)).against(limit);
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
