package dev.keyledger.query.rebuild;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.query.TestTopic;
import dev.keyledger.query.projection.BatchWriter;
import dev.keyledger.query.projection.BatchWriter.Batch;
import dev.keyledger.query.stream.Consumed;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.Generations;
import dev.keyledger.query.views.Generations.Stage;
import dev.keyledger.query.views.InMemoryViewStore;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.SetAside;
import dev.keyledger.query.views.ViewStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a rebuild goes from one stage to the next, and when it doesn't. */
class RebuilderTest {
  private static final String TOPIC = "events";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final Node[] NOWHERE = {};
  private static final int ROUNDS = 20;

  private final InstantSource clock = InstantSource.fixed(NOON);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7); // wraps around soon
  private final InMemoryRebuildStore store = new InMemoryRebuildStore();
  private final InMemoryViewStore old = store.of(0);
  private final InMemoryViewStore next = store.of(1);
  private final BatchWriter writer = new BatchWriter(clock);
  private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
  private MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");

  @BeforeEach
  void begin() {
    store.replace(Rebuild.NEVER, Rebuild.NEVER.begun("one", NOON)).block();
  }

  @Test
  void fillsTheNextGenerationNoFurtherThanTheServedOne() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k2"), 2));
    log(event(keyCreated("alice", "k3"), 3));
    projected(2);

    run();

    assertThat(view().keys()).hasSize(2);
    assertThat(next.progress().block()).isEqualTo(Map.of(0, new Progress(0, 2, null)));
  }

  @Test
  void isComparedOnceItIsLevel() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k2"), 2));
    projected(1);
    old.advance(List.of(new Progress(0, 3, null))).block(); // the log has not come that far yet

    run();
    assertThat(stage()).isEqualTo(Stage.BUILDING);

    log(event(keyCreated("alice", "k3"), 3));
    run();
    assertThat(stage()).isEqualTo(Stage.COMPARING);
  }

  @Test
  void isComparedAlsoWhileTheServedOneGoesOn() {
    AtomicLong round = new AtomicLong();
    Rebuilder rebuilder = rebuilder();

    rebuilder.run(() -> {
      log(event(keyCreated("alice", "k" + round.incrementAndGet()), round.get()));
      projected(log.size());
      if (round.get() > 1) { // the first ones come when it begins to read
        consumer.addRecord(log.getLast());
      }
      return round.get() < ROUNDS;
    });

    assertThat(stage()).isEqualTo(Stage.COMPARING);
  }

  @Test
  void isComparedAsSoonAsItIsWhereItHadToComeToWhenItAskedLast() {
    log(event(keyCreated("alice", "k1"), 1));
    projected(1);

    // What it asked before is long ago, what it asks in each round is not.
    rebuilder().run(rounds(ROUNDS, Duration.ofSeconds(3).toNanos()));

    assertThat(stage()).isNotEqualTo(Stage.BUILDING);
  }

  @Test
  void isNotComparedWhileItIsFarBehind() {
    log(event(keyCreated("alice", "k1"), 1));
    projected(1);

    Rebuilder rebuilder = rebuilder();
    // A batch takes so long that the served generation is somewhere else by then.
    rebuilder.run(
        rounds(
            ROUNDS, () -> consumer.schedulePollTask(() -> later(Duration.ofSeconds(3).toNanos()))));

    assertThat(stage()).isEqualTo(Stage.BUILDING);
  }

  @Test
  void isNotHandedOverBeforeEveryReaderLooksIntoBoth() {
    in(Stage.COMPARING);
    later(Rebuilder.READERS_KNOW_AFTER.toNanos()); // before this builder knows of the stage
    Rebuilder rebuilder = rebuilder();

    rebuilder.run(rounds(ROUNDS, Rebuilder.READERS_KNOW_AFTER.toNanos() / ROUNDS - 1));
    assertThat(stage()).isEqualTo(Stage.COMPARING);

    rebuilder = rebuilder();
    AtomicLong round = new AtomicLong();
    rebuilder.run(() -> {
      later(round.incrementAndGet() == 2 ? Rebuilder.READERS_KNOW_AFTER.toNanos() : 0);
      return round.get() < ROUNDS;
    });
    assertThat(stage()).isNotEqualTo(Stage.COMPARING);
  }

  @Test
  void isServedOnceItHoldsWhatWasInTheLogAtTheHandOver() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k2"), 2));
    projected(1);
    in(Stage.HANDING_OVER);

    Rebuild left = rebuilder().run(rounds(ROUNDS, 0));

    assertThat(view().keys()).hasSize(2);
    assertThat(left.generations()).isEqualTo(new Generations(1, Stage.SERVING));
    assertThat(left.finishedAt()).isEqualTo(NOON);
    assertThat(left.done()).isEqualTo(2);
    assertThat(store.find().block()).isEqualTo(left);
  }

  @Test
  void isServedHoweverLongEachRoundTakes() {
    log(event(keyCreated("alice", "k1"), 1));
    projected(1);
    in(Stage.HANDING_OVER);

    rebuilder().run(rounds(ROUNDS, Duration.ofSeconds(3).toNanos()));

    assertThat(stage()).isEqualTo(Stage.SERVING);
  }

  @Test
  void isNotServedWhileSomethingOfItIsMissing() {
    log(event(keyCreated("alice", "k1"), 1));
    in(Stage.HANDING_OVER);

    rebuilder(2).run(rounds(ROUNDS, 0));

    assertThat(stage()).isEqualTo(Stage.HANDING_OVER);
  }

  @Test
  void waitsBeforeATypeFromTheFutureAndSaysSo() {
    log(event(keyCreated("alice", "k1"), 1));
    log(
        TestTopic.header(
            event(keyCreated("alice", "k2"), 2), CloudEvents.TYPE, "dev.keyledger.X.v1"));
    log(event(keyDeleted("alice", "k1"), 3));
    old.advance(List.of(new Progress(0, 3, null))).block();

    rebuilder().run(rounds(ROUNDS, 1_000_000_000));

    assertThat(stage()).isEqualTo(Stage.BUILDING);
    assertThat(rebuild().stoppedBy()).isEqualTo("dev.keyledger.X.v1");
    assertThat(RebuildState.of(rebuild())).isEqualTo(RebuildState.STOPPED);
    assertThat(view().position()).isEqualTo(1);
  }

  @Test
  void waitsWhereTheServedGenerationDoes() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k2"), 2));
    old.advance(List.of(new Progress(0, 1, new Progress.Stop("dev.keyledger.X.v1", NOON)))).block();

    rebuilder().run(rounds(ROUNDS, 1_000_000_000));

    assertThat(stage()).isEqualTo(Stage.BUILDING);
    assertThat(rebuild().stoppedBy()).isEqualTo("dev.keyledger.X.v1");
  }

  @Test
  void setsPoisonAsideAndGoesOn() {
    log(new ProducerRecord<>(TOPIC, "alice", new byte[] {7}), event(keyCreated("alice", "k1"), 1));
    projected(2);

    run();

    assertThat(next.aside()).extracting(SetAside::offset).containsExactly(0L);
    assertThat(stage()).isEqualTo(Stage.COMPARING);
  }

  @Test
  void goesOnWhereAnotherBuilderLeftIt() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k2"), 2));
    projected(2);
    write(next, log.subList(0, 1));

    run();

    assertThat(view().keys()).hasSize(2);
    assertThat(next.aside()).isEmpty();
  }

  @Test
  void writesAViewOnceHoweverItsEventsLieOnALongTopic() {
    int accounts = 700;
    for (int position = 1; position <= 5; position++) {
      for (int account = 0; account < accounts; account++) {
        log(event(keyCreated("acct-" + account, "k" + position), position));
      }
    }
    projected(log.size());
    Rebuilder rebuilder = rebuilder();
    consumer.setMaxPollRecords(500);

    rebuilder.run(rounds(ROUNDS, 0));

    assertThat(next.saved()).isEqualTo(accounts);
    assertThat(next.all().toStream())
        .hasSize(accounts)
        .containsExactlyInAnyOrderElementsOf(old.all().toIterable());
    assertThat(stage()).isEqualTo(Stage.COMPARING);
  }

  @Test
  void countsWhatAnotherBuilderWroteWithoutSayingSo() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k2"), 2));
    projected(2);
    old.all().toStream().forEach(this::leave);

    run();

    assertThat(view()).isEqualTo(old.find("alice").block());
    assertThat(next.progress().block()).isEqualTo(Map.of(0, new Progress(0, 2, null)));
    assertThat(stage()).isEqualTo(Stage.COMPARING);
  }

  @Test
  void takesNobodyForNewWhoseFirstEventCameBefore() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k2"), 2));
    log(event(keyCreated("alice", "k1"), 1)); // published once more
    log(event(keyCreated("alice", "k3"), 3), event(keyCreated("bob", "k4"), 1));
    projected(log.size());
    write(next, log.subList(0, 2));

    run();

    assertThat(view()).isEqualTo(old.find("alice").block());
    assertThat(view().position()).isEqualTo(3);
    assertThat(next.aside()).isEmpty();
    assertThat(next.find("bob").block()).isEqualTo(old.find("bob").block());
  }

  @Test
  void fillsAGenerationAnewThatWasDropped() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k2"), 2));
    projected(2);
    AtomicLong round = new AtomicLong();

    rebuilder()
        .run(() -> {
          if (round.incrementAndGet() == 3) {
            next.clear();
          }
          return round.get() < ROUNDS;
        });

    assertThat(view()).isEqualTo(old.find("alice").block());
    assertThat(next.progress().block()).isEqualTo(Map.of(0, new Progress(0, 2, null)));
  }

  @Test
  void leavesItToWhoeverTookIt() {
    log(event(keyCreated("alice", "k1"), 1));
    projected(1);
    Rebuilder rebuilder = rebuilder();
    store.replace(rebuild(), rebuild().takenBy("two")).block();

    Rebuild left = rebuilder.run(() -> true);

    assertThat(left.builder()).isEqualTo("two");
    assertThat(stage()).isEqualTo(Stage.BUILDING);
  }

  @Test
  void tellsOnceASecondHowFarItIs() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k2"), 2));
    old.advance(List.of(new Progress(0, 9, null))).block();

    rebuilder().run(rounds(5, 1_000_000_000));

    assertThat(rebuild().done()).isEqualTo(2);
    assertThat(rebuild().total()).isEqualTo(2);
  }

  private void run() {
    rebuilder().run(rounds(ROUNDS, 0));
  }

  private Rebuilder rebuilder() {
    return rebuilder(log.size());
  }

  /** A builder on a consumer of its own. */
  private Rebuilder rebuilder(long end) {
    consumer = new Rereading();
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), NOWHERE, NOWHERE)));
    consumer.updateEndOffsets(Map.of(PARTITION, end));
    consumer.schedulePollTask(() -> log.forEach(consumer::addRecord));
    Filler filler = new Filler(TOPIC, consumer, next, writer);
    return new Rebuilder(filler, old, store, rebuild(), _ -> {}, clock, nanos::get);
  }

  /** So many rounds, each of which takes so long. */
  private BooleanSupplier rounds(int rounds, long nanosEach) {
    return rounds(rounds, () -> later(nanosEach));
  }

  private static BooleanSupplier rounds(int rounds, Runnable each) {
    AtomicLong left = new AtomicLong(rounds);
    return () -> {
      each.run();
      return left.getAndDecrement() > 0;
    };
  }

  private void later(long by) {
    nanos.addAndGet(by);
  }

  @SafeVarargs
  private void log(ProducerRecord<String, byte[]>... records) {
    for (ProducerRecord<String, byte[]> record : records) {
      log.add(Consumed.of(record, 0, log.size()));
    }
  }

  private void write(ViewStore store, List<ConsumerRecord<byte[], byte[]>> records) {
    Batch batch = writer.read(records);
    var looked = Objects.requireNonNull(writer.look(store, batch).block());
    writer.write(store, batch, looked, _ -> {});
  }

  /** The served generation holds the first events. */
  private void projected(int events) {
    write(old, log.subList(0, events));
  }

  /** A builder that ended before it could move the offsets on leaves this. */
  private void leave(AccountView view) {
    next.save(List.of(new Change(AccountView.unknown(view.accountId()), view))).block();
  }

  private void in(Stage stage) {
    store.replace(rebuild(), rebuild().in(stage)).block();
  }

  private static ProducerRecord<String, byte[]> event(KeyRingEvent event, long position) {
    return TestTopic.record(TOPIC, event, position);
  }

  private AccountView view() {
    return Objects.requireNonNull(next.find("alice").block());
  }

  private Stage stage() {
    return rebuild().generations().stage();
  }

  private Rebuild rebuild() {
    return Objects.requireNonNull(store.find().block());
  }

  /** Gives records again where it is sought back before them, as a topic does. */
  private final class Rereading extends MockConsumer<byte[], byte[]> {
    private long read;

    Rereading() {
      super("none");
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
      polled.forEach(record -> read = record.offset() + 1);
      return polled;
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
      List<ConsumerRecord<byte[], byte[]>> again =
          List.copyOf(log.subList((int) Math.min(offset, read), (int) read));
      if (!again.isEmpty()) {
        schedulePollTask(() -> again.forEach(this::addRecord));
      }
      super.seek(partition, offset);
    }
  }
}
