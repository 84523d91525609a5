package dev.keyledger.query.memory;

import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.twoFactorEnabled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.query.Events;
import dev.keyledger.query.TestTopic;
import dev.keyledger.query.stream.Consumed;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.Generations;
import dev.keyledger.query.views.Generations.Stage;
import dev.keyledger.query.views.InMemoryGenerations;
import dev.keyledger.query.views.InMemoryViewStore;
import dev.keyledger.query.views.Progress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered while another memory catches up with the topic. */
class OtherMemoryTest {
  private static final TopicPartition PARTITION = new TopicPartition("events", 0);
  private static final Node[] NOWHERE = {};
  private static final Duration ROUND = Duration.ofSeconds(1);

  /** How many rounds the other memory is watched for. */
  private static final int WATCHED = 5;

  private static final String KEY = new KeyId(1, 1).text();

  /** Only the views that are served at first have it: who finds it, finds it there. */
  private static final String OLD_KEY = new KeyId(1, 2).text();

  private final MockConsumer<byte[], byte[]> consumer = consumer();
  private final InMemoryViewStore stored = new InMemoryViewStore();
  private final InMemoryViewStore anew = new InMemoryViewStore();
  private final InMemoryGenerations generations = new InMemoryGenerations(stored);
  private long rounds;
  private final LiveKeys live =
      new LiveKeys(InstantSource.fixed(Events.NOON), () -> rounds * ROUND.toNanos());

  @BeforeEach
  void start() {
    save(stored, keyCreated("alice", KEY));
    save(stored, keyCreated("bob", OLD_KEY));
    save(anew, keyCreated("alice", KEY));
    stored.advance(List.of(new Progress(0, 5, null))).block();
    anew.advance(List.of(new Progress(0, 3, null))).block();
    generations.put(1, anew);
    ends(5);
  }

  @Test
  void aDeletionCountsAtOnce() {
    afterTheSwitchOver(() -> {
      add(3, twoFactorEnabled("carol"), 1);
      add(4, keyCreated("alice", KEY), 1);
      add(5, keyDeleted("alice", KEY), 2);
      ends(9);
    });

    assertThat(finds(KEY)).isFalse();
    assertThat(finds(OLD_KEY)).isTrue();
  }

  @Test
  void whatIsAnsweredStaysFreshAsLongAsItHoldsTheWholeTopic() {
    afterTheSwitchOver(() -> {});

    assertThat(finds(OLD_KEY)).isTrue();
    assertThat(live.staleness()).isEqualTo(ROUND);
  }

  @Test
  void whatIsAnsweredGetsStaleWithAnEventThatItLacks() {
    afterTheSwitchOver(() -> ends(6));

    assertThat(finds(OLD_KEY)).isTrue();
    assertThat(live.staleness()).isGreaterThanOrEqualTo(ROUND.multipliedBy(WATCHED));
  }

  @Test
  void theOtherMemoryAnswersOnceItIsLevel() {
    afterTheSwitchOver(() -> {
      add(3, twoFactorEnabled("carol"), 1);
      add(4, twoFactorEnabled("carol"), 2);
    });

    assertThat(finds(KEY)).isTrue();
    assertThat(finds(OLD_KEY)).isFalse();
    assertThat(live.staleness()).isEqualTo(ROUND);
  }

  @Test
  void aDeletionCountsAtOnceAlsoAfterTheReadingBrokeOff() {
    read(() -> !live.ready());
    consumer.seek(PARTITION, 0);
    ends(9);
    add(5, keyDeleted("alice", KEY), 2);
    long from = rounds;

    read(() -> rounds < from + WATCHED);

    assertThat(finds(KEY)).isFalse();
    assertThat(finds(OLD_KEY)).isTrue();
    assertThat(live.staleness()).isGreaterThanOrEqualTo(ROUND.multipliedBy(WATCHED));
  }

  /** Lets something happen once the other views are read, and watches for some rounds. */
  private void afterTheSwitchOver(Runnable happens) {
    List<Long> since = new ArrayList<>();
    read(() -> {
      if (live.ready() && rounds == 2) {
        generations.are(new Generations(1, Stage.SERVING));
      }
      if (since.isEmpty() && consumer.position(PARTITION) == 3) {
        since.add(rounds);
        happens.run();
      }
      return since.isEmpty() || rounds < since.getFirst() + WATCHED;
    });
  }

  private void read(BooleanSupplier running) {
    new MemoryReader(PARTITION.topic(), consumer, generations, live, () -> rounds * ROUND.toNanos())
        .read(() -> {
          rounds++;
          return running.getAsBoolean();
        });
  }

  private boolean finds(String publicApiKey) {
    return live.find(KeyId.parse(publicApiKey).orElseThrow()).isPresent();
  }

  private void add(long offset, KeyRingEvent event, long position) {
    consumer.addRecord(
        Consumed.of(TestTopic.record(PARTITION.topic(), event, position), 0, offset));
  }

  private void ends(long offset) {
    consumer.updateEndOffsets(Map.of(PARTITION, offset));
  }

  private static void save(InMemoryViewStore store, KeyRingEvent first) {
    AccountView none = AccountView.unknown(first.accountId());
    store.save(List.of(new Change(none, AccountView.evolve(none, first, 1)))).block();
  }

  private static MockConsumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    consumer.updatePartitions(
        PARTITION.topic(),
        List.of(new PartitionInfo(PARTITION.topic(), 0, Node.noNode(), NOWHERE, NOWHERE)));
    return consumer;
  }
}
