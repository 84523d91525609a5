package dev.keyledger.command.relay;

import dev.keyledger.bench.Processes;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import dev.keyledger.tlog.NoteSigner;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the log takes for each event in processor time: its own steps, done again with events of
 * nobody and rolled back. The records for Kafka, which there would be without it, are made before.
 * In the package of the log, since nobody else is to take them.
 */
public final class LogCost {
  private static final int EVENTS = 20_000;

  /** A checkpoint a second, a batch in 20 ms. */
  private static final int BATCHES_PER_CHECKPOINT = 50;

  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final DataSource dataSource;
  private final NoteSigner signer;
  private final EventRecords records = new EventRecords();
  private final JsonMapper json = JsonMapper.builder().build();

  public LogCost(ApplicationContext service) {
    dataSource = service.getBean(DataSource.class);
    signer = service.getBean(NoteSigner.class);
  }

  /**
   * Nanoseconds per event, of this thread and of PostgreSQL's process together.
   *
   * @param batch number of events that get their places together
   */
  public double nanosPerEvent(int batch) throws Exception {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      long backend = jdbc.sql("SELECT pg_backend_pid()").query(Long.class).single();
      LogEntries entries = new LogEntries(jdbc, records);
      CheckpointStore store = new CheckpointStore(jdbc);
      awaitCheckpoint(connection, entries, store);
      Checkpoints checkpoints = new Checkpoints(store, signer);
      run(entries, checkpoints, events(batch));
      List<List<ProducerRecord<String, byte[]>>> events = events(batch);
      var threads = ManagementFactory.getThreadMXBean();
      long ticks = Processes.ticks(backend);
      long nanos = threads.getCurrentThreadCpuTime();
      run(entries, checkpoints, events);
      nanos = threads.getCurrentThreadCpuTime() - nanos;
      nanos += Processes.TICK.multipliedBy(Processes.ticks(backend) - ticks).toNanos();
      // Not after each batch: rows that never were would be in the way of all later ones.
      connection.rollback();
      return (double) nanos / (EVENTS / batch * batch);
    }
  }

  /** The other node signs no more while nothing happens. */
  private static void awaitCheckpoint(
      Connection connection, LogEntries entries, CheckpointStore store) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (store.size() < entries.size()) {
      if (System.nanoTime() > end) {
        throw new IOException("The log was not signed within " + LONGEST);
      }
      connection.rollback();
      Thread.sleep(20);
    }
  }

  private void run(
      LogEntries entries,
      Checkpoints checkpoints,
      List<List<ProducerRecord<String, byte[]>>> batches) {
    int batch = 0;
    for (List<ProducerRecord<String, byte[]>> events : batches) {
      List<LogRecord> logged = events.stream().map(event -> records.logged(event, 1)).toList();
      long _ = entries.append(logged);
      checkpoints.append(new LogBatch(checkpoints.size(), logged));
      if (++batch % BATCHES_PER_CHECKPOINT == 0) {
        var _ = checkpoints.take(checkpoints.size());
      }
    }
  }

  private List<List<ProducerRecord<String, byte[]>>> events(int together) {
    List<List<ProducerRecord<String, byte[]>>> events = new ArrayList<>();
    for (int i = 0; i < EVENTS / together; i++) {
      List<ProducerRecord<String, byte[]>> batch = new ArrayList<>();
      for (int n = 0; n < together; n++) {
        String account = "nobody-" + UUID.randomUUID();
        var event =
            new TwoFactorEnrolmentStarted(
                account, Instant.now(), UUID.randomUUID().toString(), "bench");
        batch.add(records.record(event, 1, json.writeValueAsBytes(event)));
      }
      events.add(batch);
    }
    return events;
  }
}
