package dev.keyledger.query.memory;

import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.keyDisabled;
import static dev.keyledger.query.TestKey.newPublicApiKey;
import static dev.keyledger.query.TestTopic.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.query.Events;
import dev.keyledger.query.TestTopic;
import dev.keyledger.query.stream.StreamFollower;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.InMemoryGenerations;
import dev.keyledger.query.views.InMemoryViewStore;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.ViewStoreException;
import dev.keyledger.testkit.TestPlatform;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The memory on a real topic. */
class MemoryKeeperIT {
  private static final TestPlatform PLATFORM = TestPlatform.get();
  private static final Duration SOON = Duration.ofSeconds(60);

  private final String k1 = newPublicApiKey();
  private final String k2 = newPublicApiKey();
  private final InMemoryViewStore store = new InMemoryViewStore();
  private TestTopic topic;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    topic = TestTopic.create(PLATFORM.bootstrapServers(), PLATFORM.freshName("events"), 3);
    node = new Node();
  }

  @AfterEach
  void stop() {
    node.close();
    topic.close();
  }

  @Test
  void readsTheWholeTopicWhereThereIsNoView() throws Exception {
    topic.send(1, keyCreated("alice", k1), keyDisabled("alice", k1, Events.NOON));
    topic.send(1, keyCreated("bob", k2));

    node.start();

    assertThat(node.find(k1).orElseThrow().key().disabled()).isTrue();
    assertThat(node.find(k2)).isPresent();
    assertThat(node.live.size()).isEqualTo(2);
  }

  @Test
  void followsTheTopicAndStaysFresh() throws Exception {
    node.start();
    topic.send(1, keyCreated("alice", k1));
    node.at(k1, 1);
    assertThat(node.find(k1)).isPresent();

    topic.send(2, keyDeleted("alice", k1));
    node.at(k1, 2);
    assertThat(node.find(k1)).isEmpty();
    await().atMost(SOON).until(() -> node.live.staleness().compareTo(Duration.ofSeconds(1)) < 0);
  }

  @Test
  void startsFromTheViewAndReadsOnlyWhatFollows() throws Exception {
    AccountView view =
        AccountView.evolve(AccountView.unknown("alice").from(0), keyCreated("alice", k1), 1);
    save(AccountView.unknown("alice"), view);
    // What is below the stored offset can't be read: only the view tells of k1.
    topic.send(1, keyCreated("other", newPublicApiKey()), keyCreated("other", newPublicApiKey()));
    long end = topic.send(topic.record(keyCreated("alice", k2), 2)).offset();
    int partition = partitionOfAlice();
    store.advance(List.of(new Progress(partition, end, null))).block();

    node.start();

    assertThat(node.find(k1)).isPresent();
    assertThat(node.find(k2).orElseThrow().account().position()).isEqualTo(2);
  }

  @Test
  void aViewThatIsFurtherOnThanItsOffsetsIsNoMatter() throws Exception {
    topic.send(1, keyCreated("alice", k1), keyDeleted("alice", k1), keyCreated("alice", k2));
    AccountView none = AccountView.unknown("alice");
    AccountView one = AccountView.evolve(none, keyCreated("alice", k1), 1);
    AccountView two = AccountView.evolve(one, keyDeleted("alice", k1), 2);
    save(none, two);

    node.start();

    assertThat(node.find(k1)).isEmpty();
    assertThat(node.find(k2).orElseThrow().account().position()).isEqualTo(3);
    assertThat(node.find(k2).orElseThrow().account().complete()).isTrue();
  }

  @Test
  void aViewOfALongerTopicIsNotBelieved() throws Exception {
    AccountView none = AccountView.unknown("alice");
    save(none, AccountView.evolve(none, keyCreated("alice", k1), 1));
    store.advance(List.of(new Progress(0, 99, null))).block();
    topic.send(1, keyCreated("alice", k2));

    node.start();

    assertThat(node.find(k1)).isEmpty();
    assertThat(node.find(k2)).isPresent();
  }

  @Test
  void stopsBeforeATypeFromTheFutureAndIsFreshForTheOthers() throws Exception {
    topic.send(1, keyCreated("alice", k1));
    topic.send(
        header(
            topic.record(keyDeleted("alice", k1), 2),
            CloudEvents.TYPE,
            "dev.keyledger.KeyLent.v1"));
    topic.send(3, keyDeleted("alice", k1));

    node.start();

    assertThat(node.find(k1).orElseThrow().account().position()).isEqualTo(1);
    assertThat(node.live.stopped())
        .containsExactly(node.find(k1).orElseThrow().account().partition());
  }

  @Test
  void waitsForTheStore() throws Exception {
    topic.send(1, keyCreated("alice", k1));
    store.failWith(new ViewStoreException(new IllegalStateException("down")));
    node.keeper.start();
    assertThat(node.live.ready()).isFalse();

    store.failWith(null);

    await().atMost(SOON).until(node.live::ready);
    assertThat(node.find(k1)).isPresent();
  }

  @Test
  void waitsForTheTopic() throws Exception {
    String name = PLATFORM.freshName("late");
    try (Node early = new Node(name)) {
      early.keeper.start();
      try (TestTopic late = TestTopic.create(PLATFORM.bootstrapServers(), name, 1)) {
        late.send(1, keyCreated("alice", k1));
        await().atMost(SOON).until(early.live::ready);
        early.at(k1, 1);
      }
    }
  }

  @Test
  void knowsAllAgainAfterARestart() throws Exception {
    topic.send(1, keyCreated("alice", k1));
    node.start();
    node.close();
    topic.send(2, keyCreated("alice", k2));

    node = new Node();
    node.start();

    assertThat(node.find(k1)).isPresent();
    assertThat(node.find(k2)).isPresent();
  }

  private void save(AccountView before, AccountView after) {
    assertThat(store.save(List.of(new Change(before, after))).block()).isTrue();
  }

  private static int partitionOfAlice() {
    return BuiltInPartitioner.partitionForKey("alice".getBytes(UTF_8), 3);
  }

  /** A memory that is kept. */
  private final class Node implements AutoCloseable {
    private final LiveKeys live = new LiveKeys(InstantSource.fixed(Events.NOON), System::nanoTime);
    private final StreamFollower keeper;

    Node() {
      this(topic.name());
    }

    Node(String name) {
      Map<String, Object> settings =
          MemoryConfiguration.settings(
              Map.of(
                  "bootstrap.servers",
                  PLATFORM.bootstrapServers(),
                  "group.id",
                  "none",
                  "allow.auto.create.topics",
                  "false",
                  "key.deserializer",
                  ByteArrayDeserializer.class,
                  "value.deserializer",
                  ByteArrayDeserializer.class));
      keeper =
          MemoryKeeper.create(
              name,
              () -> new KafkaConsumer<>(settings),
              new InMemoryGenerations(store),
              live,
              System::nanoTime);
    }

    void start() {
      keeper.start();
      await().atMost(SOON).until(live::ready);
    }

    Optional<Found> find(String publicApiKey) {
      return live.find(KeyId.parse(publicApiKey).orElseThrow());
    }

    void at(String publicApiKey, long position) {
      live.reached(KeyId.parse(publicApiKey).orElseThrow(), position, SOON).block();
    }

    @Override
    public void close() {
      keeper.stop();
    }
  }
}
