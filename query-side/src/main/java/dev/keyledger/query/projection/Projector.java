package dev.keyledger.query.projection;

import dev.keyledger.query.projection.BatchWriter.Folded;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.SetAside;
import dev.keyledger.query.views.ViewReader;
import dev.keyledger.query.views.ViewStore;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  /**
   * Applies a batch, each partition's records in their order.
   *
   * @return how far each partition got
   * @throws RuntimeException if the store can't be reached; nothing is lost by trying again
   */
  Collection<Progress> project(ViewStore store, List<ConsumerRecord<byte[], byte[]>> records) {
    Folded written = metrics.timed(() -> writer.write(store, writer.read(records), this::wake));
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
