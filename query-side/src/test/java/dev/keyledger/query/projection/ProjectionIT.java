package dev.keyledger.query.projection;

import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.TestTopic.header;
import static dev.keyledger.query.TestTopic.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.query.TestTopic;
import dev.keyledger.query.store.MongoViewStore;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.ForwardingViewStore;
import dev.keyledger.query.views.InMemoryGenerations;
import dev.keyledger.query.views.KeyView;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.ViewReader;
import dev.keyledger.query.views.ViewStore;
import dev.keyledger.query.views.ViewStoreException;
import dev.keyledger.testkit.TestPlatform;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The projection on real parts: a topic and a database of its own for each test. */
class ProjectionIT {
  private static final TestPlatform PLATFORM = TestPlatform.get();
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String FUTURE = "dev.keyledger.KeyLent.v1";

  private final ConnectionString uri = new ConnectionString(PLATFORM.freshMongoDatabase());
  private final MongoClient client = MongoClients.create(uri);
  private final MongoDatabase database =
      client.getDatabase(Objects.requireNonNull(uri.getDatabase()));
  private final String group = PLATFORM.freshName("group");
  private TestTopic topic;
  private ViewStore store;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    topic = TestTopic.create(PLATFORM.bootstrapServers(), PLATFORM.freshName("events"), 3);
    store = new MongoViewStore(database, topic.name(), 0);
    node = new Node(store);
  }

  @AfterEach
  void stop() {
    node.close();
    topic.close();
    client.close();
  }

  @Test
  void appliesEventsInOrderAndDropsRepeats() throws Exception {
    for (int n = 1; n <= 40; n++) {
      topic.send(n, keyCreated("alice", "k" + n));
    }
    topic.send(3, keyCreated("alice", "k3"), keyCreated("alice", "k4"));
    topic.send(41, keyDeleted("alice", "k1"));

    assertThat(at("alice", 41).keys())
        .extracting(KeyView::publicApiKey)
        .containsExactlyElementsOf(IntStream.rangeClosed(2, 40).mapToObj(n -> "k" + n).toList());
    assertThat(setAside()).isEmpty();
  }

  @Test
  void goesOnAfterARestartFromTheOffsetsInTheStore() throws Exception {
    topic.send(1, keyCreated("alice", "k1"));
    at("alice", 1);
    node.close();
    topic.send(2, keyCreated("alice", "k2"));

    node = new Node(store);

    assertThat(at("alice", 2).keys()).hasSize(2);
    assertThat(node.events()).isEqualTo(1);
    assertThat(kafkaOffsets()).isEmpty();
  }

  @Test
  void rebuildsAViewThatWasDroppedWhileItWasDown() throws Exception {
    topic.send(1, keyCreated("alice", "k1"), keyCreated("alice", "k2"));
    at("alice", 2);
    node.close();
    Mono.from(database.drop()).block();

    node = new Node(store);

    assertThat(at("alice", 2).keys()).hasSize(2);
  }

  @Test
  void rebuildsAViewThatIsDroppedUnderIt() throws Exception {
    topic.send(1, keyCreated("alice", "k1"), keyCreated("alice", "k2"));
    at("alice", 2);

    Mono.from(database.drop()).block();

    assertThat(at("alice", 2).keys()).hasSize(2);
    topic.send(3, keyDeleted("alice", "k1"));
    assertThat(at("alice", 3).keys()).hasSize(1);
    assertThat(setAside()).isEmpty();
  }

  @Test
  void catchesUpWithWhatAStoreLost() throws Exception {
    topic.send(1, keyCreated("alice", "k1"));
    at("alice", 1);
    Document view = Objects.requireNonNull(Mono.from(accounts().find()).block());
    List<Document> offsets = Flux.from(offsets().find()).collectList().block();
    topic.send(2, keyCreated("alice", "k2"), keyCreated("alice", "k3"));
    at("alice", 3);

    Mono.from(accounts().replaceOne(new Document("_id", "alice"), view)).block();
    for (Document offset : Objects.requireNonNull(offsets)) {
      Mono.from(offsets().replaceOne(new Document("_id", offset.get("_id")), offset)).block();
    }

    assertThat(at("alice", 3).keys()).hasSize(3);
  }

  @Test
  void readsALogAgainThatIsShorterThanWhatItReadOfIt() throws Exception {
    node.close();
    store
        .advance(
            IntStream.range(0, 3).mapToObj(partition -> new Progress(partition, 99, null)).toList())
        .block();
    topic.send(1, keyCreated("alice", "k1"));

    node = new Node(store);

    assertThat(at("alice", 1).keys()).hasSize(1);
    await().atMost(SOON).until(node.status::caughtUp);
    topic.send(2, keyCreated("alice", "k2"));
    assertThat(at("alice", 2).keys()).hasSize(2);
  }

  @Test
  void setsPoisonAsideOnceAndGoesOn() throws Exception {
    topic.send(1, keyCreated("alice", "k1"));
    topic.send(value(header(record(keyCreated("alice", "k2"), 2), "ce_id", "x"), new byte[] {7}));
    topic.send(2, keyCreated("alice", "k2"));
    assertThat(at("alice", 2).keys()).hasSize(2);

    Mono.from(database.getCollection("offsets_v2").drop()).block();
    topic.send(3, keyCreated("alice", "k3"));

    assertThat(at("alice", 3).keys()).hasSize(3);
    assertThat(setAside())
        .singleElement()
        .satisfies(document -> {
          assertThat(document.getString("topic")).isEqualTo(topic.name());
          assertThat(document.getString("reason")).isEqualTo("mismatch");
          assertThat(document.get("value", Binary.class).getData()).containsExactly(7);
          assertThat(document.getList("headers", Document.class))
              .contains(new Document("name", "ce_id").append("value", "x"));
        });
  }

  @Test
  void marksAnAccountWithAGapAndSparesTheOthers() throws Exception {
    topic.send(1, keyCreated("alice", "k1"));
    topic.send(3, keyCreated("alice", "k3"), keyCreated("alice", "k4"));
    topic.send(1, keyCreated("bob", "k1"));

    assertThat(at("bob", 1).complete()).isTrue();
    await().atMost(SOON).until(() -> setAside().size() == 2);
    assertThat(view("alice").complete()).isFalse();
    assertThat(view("alice").position()).isEqualTo(1);
  }

  @Test
  void stopsBeforeATypeFromTheFutureAndGoesOnOnceItIsKnown() throws Exception {
    String bob = inAnotherPartitionThan("alice");
    topic.send(1, keyCreated("alice", "k1"));
    var future = record(keyCreated("alice", "k2"), 2);
    topic.send(header(future, CloudEvents.TYPE, FUTURE));
    topic.send(3, keyCreated("alice", "k3"));
    topic.send(1, keyCreated(bob, "k1"));

    await().atMost(SOON).until(() -> !node.status.stops().isEmpty());
    assertThat(at(bob, 1).keys()).hasSize(1);
    topic.send(2, keyCreated(bob, "k2"));
    at(bob, 2);
    assertThat(view("alice").position()).isEqualTo(1);
    assertThat(node.status.stopped(view("alice"))).isTrue();
    assertThat(node.status.stopped(view(bob))).isFalse();
    assertThat(setAside()).isEmpty();

    node.close();
    node = new Node(store);
    await().atMost(SOON).until(node.status::caughtUp);
    assertThat(node.status.stops()).hasSize(1);

    skipOne(node.status.stops().keySet().iterator().next());
    await().atMost(SOON).until(() -> node.status.stops().isEmpty());
  }

  @Test
  void losesNothingWhileTheStoreIsDown() throws Exception {
    node.close();
    Switchable flaky = new Switchable(store);
    flaky.breakDown();
    node = new Node(flaky);
    topic.send(1, keyCreated("alice", "k1"));
    await().atMost(SOON).until(() -> flaky.failures.get() > 2);
    assertThat(node.status.caughtUp()).isFalse();

    flaky.mend();
    at("alice", 1);
    flaky.breakDown();
    topic.send(2, keyCreated("alice", "k2"), keyCreated("alice", "k3"));
    await().atMost(SOON).until(() -> flaky.failures.get() > 2);
    flaky.mend();

    assertThat(at("alice", 3).keys()).hasSize(3);
  }

  @Test
  void twoNodesShareTheWorkAndASpareIsReady() throws Exception {
    await().atMost(SOON).until(node.status::caughtUp);
    try (Node second = new Node(store)) {
      await().atMost(SOON).until(second.status::caughtUp);
      for (int n = 0; n < 20; n++) {
        topic.send(1, keyCreated("acct-" + n, "k1"));
      }
      for (int n = 0; n < 20; n++) {
        at("acct-" + n, 1);
      }
    }
    topic.send(2, keyCreated("acct-1", "k2"));
    at("acct-1", 2);
  }

  /** Stands in for an upgrade: the event is passed as a version that knows it would. */
  private void skipOne(int partition) {
    node.close();
    AccountView alice = view("alice");
    AccountView known = AccountView.evolve(alice, keyCreated("alice", "k2"), 2);
    assertThat(store.save(List.of(new Change(alice, known))).block()).isTrue();
    Progress there =
        Objects.requireNonNull(Objects.requireNonNull(store.progress().block()).get(partition));
    store.advance(List.of(new Progress(partition, there.nextOffset() + 1, null))).block();
    node = new Node(store);
    at("alice", 3);
  }

  private String inAnotherPartitionThan(String account) {
    int taken = ProjectionStatus.partitionOf(account, 3);
    return IntStream.iterate(0, n -> n + 1)
        .mapToObj(n -> "acct-" + n)
        .filter(id -> ProjectionStatus.partitionOf(id, 3) != taken)
        .findFirst()
        .orElseThrow();
  }

  private ProducerRecord<String, byte[]> record(KeyRingEvent event, long position) {
    return topic.record(event, position);
  }

  private AccountView at(String account, long position) {
    await().atMost(SOON).until(() -> view(account).position() >= position);
    return view(account);
  }

  private AccountView view(String account) {
    return Objects.requireNonNull(store.find(account).block());
  }

  private List<Document> setAside() {
    return Objects.requireNonNull(
        Flux.from(database.getCollection("set_aside").find()).collectList().block());
  }

  private MongoCollection<Document> accounts() {
    return database.getCollection("accounts_v2");
  }

  private MongoCollection<Document> offsets() {
    return database.getCollection("offsets_v2");
  }

  private Map<?, ?> kafkaOffsets() throws Exception {
    try (var admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", PLATFORM.bootstrapServers()))) {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    }
  }

  /** A query side without HTTP. */
  private final class Node implements AutoCloseable {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ProjectionStatus status = new ProjectionStatus(Clock.systemUTC());
    private final Projection projection;

    Node(ViewStore store) {
      Map<String, Object> settings = new HashMap<>();
      settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, PLATFORM.bootstrapServers());
      settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
      settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
      settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
      projection =
          new Projection(
              topic.name(),
              new DefaultKafkaConsumerFactory<>(
                  settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
              new Projector(
                  new ViewReader(store, Duration.ofSeconds(5)),
                  new ProjectionMetrics(registry, status),
                  Clock.systemUTC()),
              new InMemoryGenerations(store),
              status,
              Clock.systemUTC());
      projection.start();
    }

    double events() {
      return registry.find(ProjectionMetrics.EVENTS).counters().stream()
          .mapToDouble(c -> c.count())
          .sum();
    }

    @Override
    public void close() {
      projection.stop();
    }
  }

  /** A store that is down when told so. */
  private static final class Switchable extends ForwardingViewStore {
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean down;

    Switchable(ViewStore store) {
      super(store);
    }

    void breakDown() {
      failures.set(0);
      down = true;
    }

    void mend() {
      down = false;
    }

    @Override
    public Mono<Map<Integer, Progress>> progress() {
      return down ? broken() : super.progress();
    }

    @Override
    public Mono<Void> advance(Collection<Progress> progress) {
      return down ? broken() : super.advance(progress);
    }

    private <T> Mono<T> broken() {
      failures.incrementAndGet();
      return Mono.error(new ViewStoreException(new IllegalStateException("down")));
    }
  }
}
