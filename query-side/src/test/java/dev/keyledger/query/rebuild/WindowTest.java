package dev.keyledger.query.rebuild;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyCreated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.TestTopic;
import dev.keyledger.query.projection.BatchWriter;
import dev.keyledger.query.stream.Consumed;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.ForwardingViewStore;
import dev.keyledger.query.views.InMemoryViewStore;
import dev.keyledger.query.views.SetAside.Reason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Which views a window goes on from, and whom it asks the store for. */
class WindowTest {
  private final InMemoryViewStore views = new InMemoryViewStore();
  private final List<Set<String>> asked = new ArrayList<>();
  private final BatchWriter writer = new BatchWriter(InstantSource.fixed(NOON));
  private final Window window = Window.first(new Asked(), writer, false);
  private long offset;

  @Test
  void goesOnFromWhatItHolds() {
    take(window, event("alice", 1), event("alice", 2));
    take(window, event("alice", 3));

    write(window);
    assertThat(view("alice").position()).isEqualTo(3);
    assertThat(asked).isEmpty();
  }

  @Test
  void goesOnFromTheWindowThatIsNotWrittenYet() {
    take(window, event("alice", 1));
    Window next = window.next();
    take(next, event("alice", 2));

    write(window);
    next.letGoOfTheOneBefore();
    write(next);
    assertThat(view("alice").position()).isEqualTo(2);
    assertThat(asked).isEmpty();
  }

  @Test
  void asksOnlyForWhoIsNeitherHereNorBeginsHere() {
    stored("bob", 1);
    stored("dora", 3);
    take(window, event("alice", 1));
    take(
        window,
        event("alice", 2),
        event("bob", 2),
        event("carl", 1),
        event("carl", 2),
        event("dora", 4),
        event("dora", 7),
        event("erik", 2));

    write(window);
    assertThat(asked).containsExactly(Set.of("bob", "dora", "erik"));
    assertThat(view("alice").position()).isEqualTo(2);
    assertThat(view("bob").position()).isEqualTo(2);
    assertThat(view("carl").position()).isEqualTo(2);
    assertThat(view("dora").position()).isEqualTo(4);
    assertThat(view("dora").knownPosition()).isEqualTo(7);
    assertThat(view("erik").position()).isZero();
    assertThat(views.aside())
        .extracting(one -> one.reason() + ": " + one.detail())
        .containsExactlyInAnyOrder(
            Reason.GAP + ": position 7 follows 4", Reason.GAP + ": position 2 follows 0");
  }

  @Test
  void asksForTheAccountThatABadRecordNames() {
    stored("alice", 3);
    take(window, TestTopic.value(event("alice", 4), new byte[] {'{'}));

    write(window);
    assertThat(asked).containsExactly(Set.of("alice"));
    assertThat(view("alice").position()).isEqualTo(3);
    assertThat(view("alice").knownPosition()).isEqualTo(4);
    assertThat(views.aside()).hasSize(1);
  }

  @Test
  void takesNobodyForNewWhenCareful() {
    stored("alice", 2);
    Window careful = Window.first(new Asked(), writer, true);
    take(careful, event("alice", 1), event("bob", 1));
    take(careful, event("alice", 2), event("alice", 3), event("bob", 2));

    write(careful);
    assertThat(asked).containsExactly(Set.of("alice", "bob"), Set.of("alice"));
    assertThat(view("alice").position()).isEqualTo(3);
    assertThat(view("bob").position()).isEqualTo(2);
    assertThat(views.aside()).isEmpty();
  }

  @SafeVarargs
  private void take(Window taking, ProducerRecord<String, byte[]>... records) {
    List<ConsumerRecord<byte[], byte[]>> consumed = new ArrayList<>();
    for (ProducerRecord<String, byte[]> record : records) {
      consumed.add(Consumed.of(record, 0, offset++));
    }
    assertThat(taking.take(writer.read(consumed))).hasSize(1);
  }

  private static void write(Window written) {
    assertThat(written.write()).isTrue();
  }

  private static ProducerRecord<String, byte[]> event(String account, long position) {
    return TestTopic.record("t", keyCreated(account, "k" + position), position);
  }

  private void stored(String account, long position) {
    AccountView before = AccountView.unknown(account);
    AccountView view =
        new AccountView(account, 0, position, position, before.twoFactor(), List.of());
    views.save(List.of(new Change(before, view))).block();
  }

  private AccountView view(String account) {
    return Objects.requireNonNull(views.find(account).block());
  }

  /** Tells who was asked for. */
  private final class Asked extends ForwardingViewStore {
    Asked() {
      super(views);
    }

    @Override
    public Mono<Map<String, AccountView>> findAll(Collection<String> accountIds) {
      asked.add(new TreeSet<>(accountIds));
      return super.findAll(accountIds);
    }
  }
}
