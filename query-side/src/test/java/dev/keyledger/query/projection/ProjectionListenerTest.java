package dev.keyledger.query.projection;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyCreated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.query.TestTopic;
import dev.keyledger.query.stream.Consumed;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.Generations;
import dev.keyledger.query.views.Generations.Stage;
import dev.keyledger.query.views.InMemoryGenerations;
import dev.keyledger.query.views.InMemoryViewStore;
import dev.keyledger.query.views.KeyView;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.TwoFactor;
import dev.keyledger.query.views.ViewReader;
import dev.keyledger.query.views.ViewStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** When a node that starts is ready: not before it knows which partitions are its own. */
class ProjectionListenerTest {
  private static final String TOPIC = "events";
  private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
  private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);
  private static final Node[] NOWHERE = {};

  private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
  private final InMemoryViewStore store = new InMemoryViewStore();
  private final InMemoryGenerations generations = new InMemoryGenerations(store);
  private final ProjectionStatus status = new ProjectionStatus(clock);
  private final ProjectionHealthIndicator readiness =
      new ProjectionHealthIndicator(status, () -> true);
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final ProjectionListener listener =
      new ProjectionListener(
          TOPIC,
          new Projector(
              new ViewReader(store, Duration.ofSeconds(1)),
              new ProjectionMetrics(new SimpleMeterRegistry(), status),
              clock),
          generations,
          status,
          new Patience(() -> true),
          clock);

  @BeforeEach
  void fillTheTopic() {
    consumer.updatePartitions(
        TOPIC,
        IntStream.range(0, 2)
            .mapToObj(n -> new PartitionInfo(TOPIC, n, Node.noNode(), NOWHERE, NOWHERE))
            .toList());
    consumer.updateEndOffsets(Map.of(FIRST, 1L, SECOND, 0L));
  }

  @Test
  void isNotReadyBeforeItHasJoinedItsGroup() {
    listener.idle(consumer);
    listener.idle(consumer);

    assertThat(readiness()).isEqualTo(Status.OUT_OF_SERVICE);
  }

  @Test
  void isReadyOnceItsPartitionsAreInTheViews() {
    listener.idle(consumer);
    join(FIRST, SECOND);
    assertThat(readiness()).isEqualTo(Status.OUT_OF_SERVICE);

    poll(1);

    assertThat(readiness()).isEqualTo(Status.UP);
  }

  @Test
  void isReadyWithoutAPartitionOnceItHasJoined() {
    join();

    assertThat(readiness()).isEqualTo(Status.UP);
  }

  @Test
  void goesOnIntoTheNextGenerationWithoutBeingLessReady() {
    generations.are(new Generations(0, Stage.COMPARING));
    join(FIRST, SECOND);
    poll(1);
    generations.are(new Generations(0, Stage.HANDING_OVER));

    poll(2); // is read again, after the event that the next generation lacks

    assertThat(consumer.position(FIRST)).isZero();
    assertThat(readiness()).isEqualTo(Status.UP);
    poll(1, 2);
    assertThat(position(0)).isEqualTo(1);
    assertThat(position(1)).isEqualTo(2);
  }

  @Test
  void goesOnIntoTheNextGenerationAlsoWhereTheOneBeforeCannotBeRead() {
    generations.are(new Generations(0, Stage.COMPARING));
    join(FIRST, SECOND);
    poll(1);
    store.failLooksWith(new IllegalStateException("no view"));
    assertThatThrownBy(() -> poll(2)).hasMessage("no view");
    generations.are(new Generations(0, Stage.HANDING_OVER));

    poll(2); // is read again
    poll(1, 2);

    assertThat(position(1)).isEqualTo(2);
  }

  @Test
  void goesOnFromTheViewsOfTheNextGeneration() {
    generations.are(new Generations(0, Stage.COMPARING));
    join(FIRST, SECOND);
    poll(1, 2);
    AccountView healed = new AccountView("a", 0, 2, 2, TwoFactor.ENABLED, List.of());
    hold(generations.of(1), healed, new Progress(0, 2, null));
    generations.are(new Generations(0, Stage.HANDING_OVER));

    poll(3);

    AccountView view = Objects.requireNonNull(generations.of(1).find("a").block());
    assertThat(view.position()).isEqualTo(3);
    assertThat(view.twoFactor()).isEqualTo(TwoFactor.ENABLED);
    assertThat(view.keys()).extracting(KeyView::publicApiKey).containsExactly("k3");
  }

  @Test
  void takesOnlyWhatIsNotReadAgain() {
    generations.are(new Generations(0, Stage.COMPARING));
    join(FIRST, SECOND);
    poll(Map.of(FIRST, List.of(event(1)), SECOND, List.of(other(1))));
    AccountView level = new AccountView("b", 1, 1, 1, TwoFactor.DISABLED, List.of());
    hold(generations.of(1), level, new Progress(1, 1, null));
    generations.are(new Generations(0, Stage.HANDING_OVER));

    poll(Map.of(FIRST, List.of(event(2)), SECOND, List.of(other(2))));

    assertThat(consumer.position(FIRST)).isZero();
    assertThat(position(1)).isZero();
    assertThat(Objects.requireNonNull(generations.of(1).find("b").block()).position()).isEqualTo(2);
  }

  private static void hold(ViewStore store, AccountView view, Progress progress) {
    store.save(List.of(new Change(AccountView.unknown(view.accountId()), view))).block();
    store.advance(List.of(progress)).block();
  }

  /** An event of another account, in the other partition. */
  private static ConsumerRecord<byte[], byte[]> other(long position) {
    return Consumed.of(
        TestTopic.record(TOPIC, keyCreated("b", "k" + position), position), 1, position - 1);
  }

  private void poll(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
    listener.onMessage(new ConsumerRecords<>(records, Map.of()), null, consumer);
  }

  @Test
  void isLessReadyWhereTheViewsAreLost() {
    generations.are(new Generations(1, Stage.SERVING));
    consumer.updateEndOffsets(Map.of(FIRST, 1L, SECOND, 0L));
    join(FIRST, SECOND);
    poll(1);
    assertThat(readiness()).isEqualTo(Status.UP);
    generations.are(Generations.FIRST);

    poll(2);

    assertThat(consumer.position(FIRST)).isZero();
    assertThat(readiness()).isEqualTo(Status.OUT_OF_SERVICE);
  }

  private static ConsumerRecord<byte[], byte[]> event(long position) {
    return Consumed.of(
        TestTopic.record(TOPIC, keyCreated("a", "k" + position), position), 0, position - 1);
  }

  private void poll(long... positions) {
    List<ConsumerRecord<byte[], byte[]>> records =
        LongStream.of(positions).mapToObj(ProjectionListenerTest::event).toList();
    listener.onMessage(new ConsumerRecords<>(Map.of(FIRST, records), Map.of()), null, consumer);
  }

  private long position(long generation) {
    return Objects.requireNonNull(generations.of(generation).find("a").block()).position();
  }

  private void join(TopicPartition... partitions) {
    consumer.assign(List.of(partitions));
    listener.onPartitionsAssigned(consumer, List.of(partitions));
  }

  private Status readiness() {
    return readiness.health().getStatus();
  }
}
