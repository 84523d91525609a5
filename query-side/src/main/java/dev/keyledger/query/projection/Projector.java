package dev.keyledger.query.projection;

import dev.keyledger.query.stream.EventDecoder;
import dev.keyledger.query.stream.Fold;
import dev.keyledger.query.stream.Fold.Read;
import dev.keyledger.query.stream.Fold.Rejected;
import dev.keyledger.query.stream.Fold.Source;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.SetAside;
import dev.keyledger.query.views.ViewReader;
import dev.keyledger.query.views.ViewStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Brings a batch of records into the store: views first, then what was set aside, then the offsets,
 * so that whatever breaks off in between is simply done again.
 */
final class Projector {
  static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 5;
  private static final Logger log = LoggerFactory.getLogger(Projector.class);

  private final ViewStore store;
  private final ViewReader reader;
  private final ProjectionMetrics metrics;
  private final Clock clock;
  private final EventDecoder decoder = new EventDecoder();

  Projector(ViewStore store, ViewReader reader, ProjectionMetrics metrics, Clock clock) {
    this.store = store;
    this.reader = reader;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Applies a batch, each partition's records in their order.
   *
   * @return how far each partition got
   * @throws RuntimeException if the store can't be reached; nothing is lost by trying again
   */
  Collection<Progress> project(List<ConsumerRecord<byte[], byte[]>> records) {
    return metrics.timed(() -> apply(records));
  }

  private Collection<Progress> apply(List<ConsumerRecord<byte[], byte[]>> records) {
    List<Read> batch =
        records.stream().map(record -> new Read(source(record), decoder.decode(record))).toList();
    Fold fold = save(batch);
    setAside(fold.rejected(), records);
    if (!fold.progress().isEmpty()) {
      await(store.advance(fold.progress()));
    }
    metrics.applied(fold.applied());
    return fold.progress();
  }

  /**
   * A writer that was faster has moved some view on: the batch is decided again on what it left.
   */
  private Fold save(List<Read> batch) {
    Set<String> accounts = Fold.accounts(batch);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Map<String, AccountView> found =
          accounts.isEmpty() ? Map.of() : value(store.findAll(accounts));
      Fold fold = new Fold(found, clock.instant()).over(batch);
      List<Change> changes = fold.changes();
      if (changes.isEmpty() || value(store.save(changes))) {
        changes.forEach(change -> wake(change.after()));
        return fold;
      }
    }
    throw new IllegalStateException("another writer keeps changing the same views");
  }

  private void wake(AccountView view) {
    // One that turned out to have a gap has an answer too.
    reader.advanced(view.accountId(), view.complete() ? view.position() : Long.MAX_VALUE);
  }

  private void setAside(List<Rejected> rejected, List<ConsumerRecord<byte[], byte[]>> records) {
    if (rejected.isEmpty()) {
      return;
    }
    Map<Source, ConsumerRecord<byte[], byte[]>> bySource =
        records.stream().collect(Collectors.toMap(Projector::source, Function.identity()));
    List<SetAside> aside =
        rejected.stream()
            .map(one ->
                SetAsides.of(
                    Objects.requireNonNull(bySource.get(one.source())), one, clock.instant()))
            .toList();
    await(store.setAside(aside));
    for (SetAside one : aside) {
      metrics.setAside(one.reason());
      log.error(
          "set aside {}-{} at offset {}: {} ({})",
          one.topic(),
          one.partition(),
          one.offset(),
          one.reason().text(),
          one.detail());
    }
  }

  private static Source source(ConsumerRecord<byte[], byte[]> record) {
    return new Source(record.partition(), record.offset());
  }

  private static <T> T value(Mono<T> mono) {
    return Objects.requireNonNull(mono.block(STORE_TIMEOUT));
  }

  private static void await(Mono<Void> mono) {
    mono.block(STORE_TIMEOUT);
  }
}
