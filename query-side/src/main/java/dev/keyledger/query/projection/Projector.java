package dev.keyledger.query.projection;

import dev.keyledger.query.projection.BatchWriter.Batch;
import dev.keyledger.query.projection.BatchWriter.Folded;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.SetAside;
import dev.keyledger.query.views.ViewReader;
import dev.keyledger.query.views.ViewStore;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Brings batches into the views, wakes those who wait for them, and counts. */
final class Projector {
  private static final Logger log = LoggerFactory.getLogger(Projector.class);

  private final ViewReader reader;
  private final ProjectionMetrics metrics;
  private final BatchWriter writer;

  Projector(ViewReader reader, ProjectionMetrics metrics, InstantSource clock) {
    this.reader = reader;
    this.metrics = metrics;
    this.writer = new BatchWriter(clock);
  }

  /** Finds out what records are. */
  Batch read(List<ConsumerRecord<byte[], byte[]>> records) {
    return writer.read(records);
  }

  /** Looks at the views that a batch goes on from. */
  Mono<Map<String, AccountView>> look(ViewStore store, Batch batch) {
    return writer.look(store, batch);
  }

  /**
   * Applies a batch, each partition's records in their order.
   *
   * @param looked what a look has found for all of it, or more
   * @return how far each partition got
   * @throws RuntimeException if the store can't be reached; nothing is lost by trying again
   */
  Collection<Progress> project(ViewStore store, Batch batch, Map<String, AccountView> looked) {
    Folded written = metrics.timed(() -> writer.write(store, batch, looked, this::wake));
    written.aside().forEach(this::tell);
    metrics.applied(written.fold().applied());
    return written.fold().progress();
  }

  private void wake(Collection<Change> changes) {
    changes.forEach(change -> reader.advanced(change.after()));
  }

  private void tell(SetAside one) {
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
