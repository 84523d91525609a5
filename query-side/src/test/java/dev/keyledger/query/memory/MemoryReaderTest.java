package dev.keyledger.query.memory;

import static dev.keyledger.query.Events.keyCreated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.query.Events;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.ForwardingViewStore;
import dev.keyledger.query.views.Generations;
import dev.keyledger.query.views.Generations.Stage;
import dev.keyledger.query.views.InMemoryGenerations;
import dev.keyledger.query.views.InMemoryViewStore;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.ViewStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where a memory starts to read, and when it goes on with other views. */
class MemoryReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("events", 0);
  private static final Node[] NOWHERE = {};
  private static final long SECOND = 1_000_000_000;

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final InMemoryViewStore stored = new InMemoryViewStore();

  @Test
  void whatIsProjectedMeanwhileDoesNotMakeTheTopicLookShorter() {
    consumer.updatePartitions(
        PARTITION.topic(),
        List.of(new PartitionInfo(PARTITION.topic(), 0, Node.noNode(), NOWHERE, NOWHERE)));
    grows(5);
    ViewStore busy =
        new ForwardingViewStore(stored) {
          @Override
          public Mono<Map<Integer, Progress>> progress() {
            return Mono.fromRunnable(() -> grows(6)).then(stored.progress());
          }
        };
    LiveKeys live = new LiveKeys(InstantSource.fixed(Events.NOON), System::nanoTime);

    new MemoryReader(
            PARTITION.topic(), consumer, new InMemoryGenerations(busy), live, System::nanoTime)
        .read(() -> false);

    assertThat(consumer.position(PARTITION)).isEqualTo(6);
  }

  @Test
  void viewsThatAreSwitchedOverWhileTheyAreReadAreReadAnew() {
    consumer.updatePartitions(
        PARTITION.topic(),
        List.of(new PartitionInfo(PARTITION.topic(), 0, Node.noNode(), NOWHERE, NOWHERE)));
    grows(5);
    InMemoryGenerations generations = new InMemoryGenerations();
    generations.put(
        0,
        new ForwardingViewStore(stored) {
          @Override
          public Flux<AccountView> all() {
            generations.are(new Generations(1, Stage.SERVING));
            return super.all();
          }
        });
    LiveKeys live = new LiveKeys(InstantSource.fixed(Events.NOON), System::nanoTime);
    MemoryReader reader =
        new MemoryReader(PARTITION.topic(), consumer, generations, live, System::nanoTime);

    assertThatThrownBy(() -> reader.read(() -> false)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void viewsThatWereBuiltAnewCountOnceTheyAreSwitchedTo() {
    consumer.updatePartitions(
        PARTITION.topic(),
        List.of(new PartitionInfo(PARTITION.topic(), 0, Node.noNode(), NOWHERE, NOWHERE)));
    grows(5);
    InMemoryViewStore anew = new InMemoryViewStore();
    AccountView none = AccountView.unknown("alice");
    AccountView one = AccountView.evolve(none, keyCreated("alice", new KeyId(1, 2).text()), 1);
    anew.save(List.of(new Change(none, one))).block();
    anew.advance(List.of(new Progress(0, 5, null))).block();
    InMemoryGenerations generations = new InMemoryGenerations();
    generations.put(0, stored);
    generations.put(1, anew);
    LiveKeys live = new LiveKeys(InstantSource.fixed(Events.NOON), System::nanoTime);
    AtomicInteger rounds = new AtomicInteger();

    new MemoryReader(PARTITION.topic(), consumer, generations, live, () -> rounds.get() * SECOND)
        .read(() -> {
          if (rounds.incrementAndGet() == 2) {
            assertThat(live.ready()).isTrue();
            assertThat(live.size()).isZero();
            generations.are(new Generations(1, Stage.SERVING));
          }
          return live.size() == 0;
        });

    assertThat(live.size()).isEqualTo(1);
    assertThat(consumer.position(PARTITION)).isEqualTo(5);
  }

  /** One more event is on the topic, and in the view. */
  private void grows(long end) {
    consumer.updateEndOffsets(Map.of(PARTITION, end));
    stored.advance(List.of(new Progress(0, end, null))).block();
  }
}
