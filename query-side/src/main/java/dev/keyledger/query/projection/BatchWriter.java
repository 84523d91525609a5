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
import dev.keyledger.query.views.ViewStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

/**
 * Brings a batch of records into a store: views first, then what was set aside, then the offsets,
 * so that whatever breaks off in between is simply done again. An account's events become one
 * write, however many there are in the batch.
 */
public final class BatchWriter {
  static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 5;

  private final InstantSource clock;
  private final EventDecoder decoder = new EventDecoder();

  /** Records with what each turned out to be. */
  public record Batch(List<ConsumerRecord<byte[], byte[]>> records, List<Read> reads) {

    /** This batch and the one that comes after it. */
    public Batch and(Batch next) {
      return new Batch(both(records, next.records), both(reads, next.reads));
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
      List<T> both = new ArrayList<>(first);
      both.addAll(second);
      return both;
    }
  }

  /** What becomes of a batch, and the records that go into no view. */
  public record Folded(Fold fold, List<SetAside> aside) {}

  /**
   * @param clock dates what stops and what is set aside
   */
  public BatchWriter(InstantSource clock) {
    this.clock = clock;
  }

  /** Finds out what records are; takes no store. */
  public Batch read(List<ConsumerRecord<byte[], byte[]>> records) {
    return new Batch(
        records,
        records.stream().map(record -> new Read(source(record), decoder.decode(record))).toList());
  }

  /**
   * The views that a batch most likely goes on from: accounts that begin in it are taken for new.
   */
  public Mono<Map<String, AccountView>> look(ViewStore store, Batch batch) {
    Set<String> accounts = Fold.accounts(batch.reads());
    accounts.removeAll(Fold.beginning(batch.reads()));
    return accounts.isEmpty() ? Mono.just(Map.of()) : store.findAll(accounts);
  }

  /**
   * Writes a batch, each partition's records in their order.
   *
   * @param looked what a look at the views has found
   * @param saved is told when the views are written, before the offsets are
   * @throws RuntimeException if the store can't be reached; nothing is lost by trying again
   */
  public Folded write(
      ViewStore store,
      Batch batch,
      Map<String, AccountView> looked,
      Consumer<Collection<Change>> saved) {
    Folded folded = save(store, batch, looked, saved);
    finish(store, folded.aside(), folded.fold().progress());
    return folded;
  }

  /**
   * Finds out what a batch makes of views; takes no store.
   *
   * @param base the views that there are of the accounts in the batch
   */
  public Fold fold(Batch batch, Fold.Base base) {
    return new Fold(base, clock.instant()).over(batch.reads());
  }

  /** The records of a batch that go into no view, as they are kept. */
  public List<SetAside> aside(Batch batch, Fold fold) {
    List<Rejected> rejected = fold.rejected();
    if (rejected.isEmpty()) {
      return List.of();
    }
    Map<Source, ConsumerRecord<byte[], byte[]>> bySource =
        batch.records().stream()
            .collect(Collectors.toMap(BatchWriter::source, Function.identity()));
    return rejected.stream()
        .map(one ->
            SetAsides.of(Objects.requireNonNull(bySource.get(one.source())), one, clock.instant()))
        .toList();
  }

  /** Keeps what was set aside and moves the offsets on, once the views are written. */
  public void finish(ViewStore store, List<SetAside> aside, Collection<Progress> progress) {
    if (!aside.isEmpty()) {
      await(store.setAside(aside));
    }
    if (!progress.isEmpty()) {
      await(store.advance(progress));
    }
  }

  /**
   * Where a view is not what it was taken for, or a writer that was faster has moved it on, the
   * batch is decided again on what there is.
   */
  private Folded save(
      ViewStore store,
      Batch batch,
      Map<String, AccountView> looked,
      Consumer<Collection<Change>> saved) {
    Map<String, AccountView> found = looked;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Fold fold = fold(batch, found::get);
      List<Change> changes = fold.changes();
      if (changes.isEmpty() || value(store.save(changes))) {
        saved.accept(changes);
        return new Folded(fold, aside(batch, fold));
      }
      found = value(store.findAll(Fold.accounts(batch.reads())));
    }
    throw new IllegalStateException("another writer keeps changing the same views");
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
