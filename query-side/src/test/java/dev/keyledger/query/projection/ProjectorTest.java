package dev.keyledger.query.projection;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.twoFactorEnabled;
import static dev.keyledger.query.TestTopic.header;
import static dev.keyledger.query.TestTopic.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.query.TestTopic;
import dev.keyledger.query.projection.BatchWriter.Batch;
import dev.keyledger.query.stream.Consumed;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.InMemoryViewStore;
import dev.keyledger.query.views.KeyView;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.SetAside;
import dev.keyledger.query.views.ViewReader;
import dev.keyledger.query.views.ViewStoreException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What a batch does to the views, the offsets and the records set aside. */
class ProjectorTest {
  private static final String FUTURE = "dev.keyledger.KeyLent.v1";

  private final InMemoryViewStore store = new InMemoryViewStore();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
  private final Projector projector =
      new Projector(
          new ViewReader(store, Duration.ofSeconds(1)),
          new ProjectionMetrics(registry, new ProjectionStatus(clock)),
          clock);
  private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();

  @Test
  void foldsAnAccountsEventsInOneBatch() {
    log(event(twoFactorEnabled("alice"), 1), event(keyCreated("alice", "k1"), 2));
    log(event(keyCreated("bob", "k9"), 1), event(keyDeleted("alice", "k1"), 3));

    project(log);

    assertThat(view("alice").position()).isEqualTo(3);
    assertThat(view("alice").keys()).isEmpty();
    assertThat(view("alice").partition()).isZero();
    assertThat(view("bob").keys()).extracting(KeyView::publicApiKey).containsExactly("k9");
    assertThat(progress(0)).isEqualTo(new Progress(0, 4, null));
    assertThat(count(ProjectionMetrics.EVENTS)).isEqualTo(4);
    assertThat(registry.get(ProjectionMetrics.BATCH).timer().count()).isEqualTo(1);
  }

  @Test
  void repeatsChangeNothing() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k2"), 2));
    project(log);
    AccountView once = view("alice");

    project(log);
    log(event(keyCreated("alice", "k1"), 1), event(keyDeleted("alice", "k2"), 3));
    project(log.subList(2, 4));

    assertThat(view("alice").keys()).containsExactly(once.keys().getFirst());
    assertThat(store.aside()).isEmpty();
    assertThat(count(ProjectionMetrics.EVENTS)).isEqualTo(3);
  }

  @Test
  void poisonIsSetAsideAndStopsNothingElse() {
    log(event(keyCreated("alice", "k1"), 1));
    log(new ProducerRecord<>("t", "alice", new byte[] {1, 2}), new ProducerRecord<>("t", null));
    log(event(keyCreated("alice", "k2"), 2));

    project(log);
    project(log);

    assertThat(view("alice").position()).isEqualTo(2);
    assertThat(view("alice").complete()).isTrue();
    assertThat(store.aside()).extracting(SetAside::offset).containsExactly(1L, 2L);
    assertThat(progress(0)).isEqualTo(new Progress(0, 4, null));
  }

  @Test
  void anEventThatCanNotBeReadLeavesAGapInItsAccountOnly() {
    log(
        event(keyCreated("alice", "k1"), 1),
        value(event(keyDeleted("alice", "k1"), 2), new byte[] {'{'}),
        event(keyCreated("bob", "k9"), 1));

    project(log);

    assertThat(view("alice").complete()).isFalse();
    assertThat(view("bob").complete()).isTrue();
  }

  @Test
  void eventsAfterAGapAreSetAsideAndNotApplied() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k3"), 3));
    project(log);
    log(event(keyCreated("alice", "k4"), 4));
    project(log.subList(2, 3));

    assertThat(view("alice").position()).isEqualTo(1);
    assertThat(view("alice").knownPosition()).isEqualTo(4);
    assertThat(store.aside())
        .extracting(SetAside::reason)
        .containsExactly(SetAside.Reason.GAP, SetAside.Reason.GAP);
    assertThat(registry.get(ProjectionMetrics.SET_ASIDE).tag("reason", "gap").counter().count())
        .isEqualTo(2);
  }

  @Test
  void aGapHealsWhenTheLogIsReadAgainWithTheEventInIt() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k3"), 3));
    project(log);
    log.clear();
    log(
        event(keyCreated("alice", "k1"), 1),
        event(keyCreated("alice", "k2"), 2),
        event(keyCreated("alice", "k3"), 3));

    project(log.subList(0, 2));
    assertThat(view("alice").complete()).isFalse();
    project(log);

    assertThat(view("alice").complete()).isTrue();
    assertThat(view("alice").keys()).hasSize(3);
  }

  @Test
  void aTypeFromTheFutureStopsItsPartitionThere() {
    log(event(keyCreated("alice", "k1"), 1));
    log(header(event(keyCreated("alice", "k2"), 2), CloudEvents.TYPE, FUTURE));
    log(event(keyCreated("alice", "k3"), 3), event(keyCreated("carol", "k1"), 1));
    ConsumerRecord<byte[], byte[]> other = Consumed.of(event(keyCreated("bob", "k9"), 1), 1, 70);
    log.add(other);

    project(log);

    assertThat(view("alice").position()).isEqualTo(1);
    assertThat(view("alice").complete()).isTrue();
    assertThat(view("carol").position()).isZero();
    assertThat(view("bob").position()).isEqualTo(1);
    assertThat(store.aside()).isEmpty();
    assertThat(progress(0)).isEqualTo(new Progress(0, 1, new Progress.Stop(FUTURE, NOON)));
    assertThat(progress(1)).isEqualTo(new Progress(1, 71, null));
  }

  @Test
  void aRivalsWriteIsNotOverwrittenButBuiltOn() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k2"), 2));
    AccountView none = AccountView.unknown("alice");
    AccountView rival = AccountView.evolve(none, keyCreated("alice", "k1"), 1);
    store.beforeNextSave(() -> store.save(List.of(new Change(none, rival))).block());

    project(log);

    assertThat(view("alice").position()).isEqualTo(2);
    assertThat(view("alice").keys()).hasSize(2);
  }

  @Test
  void aZombieWithOldRecordsChangesNothing() {
    log(event(keyCreated("alice", "k1"), 1), event(keyCreated("alice", "k2"), 2));
    AccountView none = AccountView.unknown("alice");
    store.beforeNextSave(() -> {
      AccountView one = AccountView.evolve(none, keyCreated("alice", "k1"), 1);
      AccountView two = AccountView.evolve(one, keyCreated("alice", "k2"), 2);
      AccountView three = AccountView.evolve(two, keyDeleted("alice", "k1"), 3);
      store.save(List.of(new Change(none, three))).block();
      store.advance(List.of(new Progress(0, 3, null))).block();
    });

    project(log);

    assertThat(view("alice").position()).isEqualTo(3);
    assertThat(view("alice").keys()).extracting(KeyView::publicApiKey).containsExactly("k2");
    assertThat(progress(0).nextOffset()).isEqualTo(3);
  }

  @Test
  void aStoreThatFailsLosesNothing() {
    log(event(keyCreated("alice", "k1"), 1));
    store.failWith(new ViewStoreException(new IllegalStateException("down")));
    assertThatThrownBy(() -> project(log)).isInstanceOf(ViewStoreException.class);

    store.failWith(null);
    project(log);

    assertThat(view("alice").position()).isEqualTo(1);
    assertThat(count(ProjectionMetrics.EVENTS)).isEqualTo(1);
  }

  private void project(List<ConsumerRecord<byte[], byte[]>> records) {
    Batch batch = projector.read(records);
    projector.project(store, batch, Objects.requireNonNull(projector.look(store, batch).block()));
  }

  @SafeVarargs
  private void log(ProducerRecord<String, byte[]>... records) {
    for (ProducerRecord<String, byte[]> record : records) {
      log.add(Consumed.of(record, 0, log.size()));
    }
  }

  private static ProducerRecord<String, byte[]> event(KeyRingEvent event, long position) {
    return TestTopic.record("t", event, position);
  }

  private AccountView view(String account) {
    return Objects.requireNonNull(store.find(account).block());
  }

  private Progress progress(int partition) {
    return Objects.requireNonNull(Objects.requireNonNull(store.progress().block()).get(partition));
  }

  private double count(String counter) {
    return registry.find(counter).counters().stream().mapToDouble(c -> c.count()).sum();
  }
}
