package dev.keyledger.query.views;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDisabled;
import static dev.keyledger.query.Events.keyRotated;
import static dev.keyledger.query.Events.permissionsEdited;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.KeyRingEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What every view store has to do; the fake and the real one run the same tests. */
public abstract class ViewStoreContract {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final AccountView NONE = AccountView.unknown("alice");

  /** An empty store. */
  protected abstract ViewStore store();

  /** How many records were set aside at this place. */
  protected abstract long setAside(String topic, int partition, long offset);

  @Test
  void whatWasNeverWrittenIsUnknown() {
    assertThat(get(store().find("alice"))).isEqualTo(NONE);
    assertThat(get(store().findAll(List.of("alice", "bob")))).isEmpty();
    assertThat(get(store().positions(List.of("alice")))).isEmpty();
    assertThat(get(store().progress())).isEmpty();
  }

  @Test
  void aViewComesBackAsItWasWritten() {
    AccountView view =
        after(
                NONE.from(3),
                keyCreated("alice", "k1", Instant.parse("2027-01-01T00:00:00.000000001Z")),
                keyCreated("alice", "k2"),
                permissionsEdited("alice", "k2", NOON, "203.0.113.7", "2001:db8::/48"),
                keyRotated("alice", "k2", "k3", NOON.plusNanos(1)),
                keyDisabled("alice", "k2", NOON))
            .knowing(9);

    assertThat(get(store().save(List.of(new Change(NONE, view))))).isTrue();

    assertThat(get(store().find("alice"))).isEqualTo(view);
    assertThat(get(store().findAll(List.of("alice", "bob")))).isEqualTo(Map.of("alice", view));
    assertThat(get(store().positions(List.of("alice", "bob")))).isEqualTo(Map.of("alice", 5L));
  }

  @Test
  void allViewsComeAtOnce() {
    assertThat(store().all().collectList().block(SOON)).isEmpty();
    AccountView bob = after(AccountView.unknown("bob").from(1), keyCreated("bob", "k2"));
    AccountView alice = after(NONE, keyCreated("alice", "k1"));
    save(NONE, alice);
    save(AccountView.unknown("bob"), bob);

    assertThat(store().all().collectList().block(SOON)).containsExactlyInAnyOrder(alice, bob);
  }

  @Test
  void aNewViewIsRefusedWhereARivalWroteOne() {
    AccountView first = after(NONE, keyCreated("alice", "k1"), keyCreated("alice", "k2"));
    save(NONE, first);

    assertThat(save(NONE, after(NONE, keyCreated("alice", "k1")))).isFalse();

    assertThat(get(store().find("alice"))).isEqualTo(first);
  }

  @Test
  void aViewIsRefusedOverAnotherStateThanItWasDecidedOn() {
    AccountView one = after(NONE, keyCreated("alice", "k1"));
    AccountView two = after(one, keyCreated("alice", "k2"));
    AccountView three = after(two, keyCreated("alice", "k3"));
    save(NONE, one);
    save(one, three);

    assertThat(save(one, two)).isFalse();
    assertThat(get(store().find("alice"))).isEqualTo(three);
    assertThat(save(three, three.knowing(7))).isTrue();
    assertThat(save(three, after(three, keyCreated("alice", "k4")))).isFalse();
  }

  @Test
  void oneRefusedViewDoesNotHoldUpTheOthers() {
    AccountView alice = after(NONE, keyCreated("alice", "k1"));
    save(NONE, alice);
    AccountView nobody = AccountView.unknown("bob");
    AccountView bob = after(nobody, keyCreated("bob", "k1"));

    assertThat(get(store().save(List.of(new Change(NONE, alice), new Change(nobody, bob)))))
        .isFalse();

    assertThat(get(store().find("bob"))).isEqualTo(bob);
  }

  @Test
  void offsetsNeverGoBack() {
    advance(new Progress(0, 10, null), new Progress(1, 5, null));
    advance(new Progress(0, 7, null), new Progress(1, 6, null));

    assertThat(get(store().progress()))
        .isEqualTo(Map.of(0, new Progress(0, 10, null), 1, new Progress(1, 6, null)));
  }

  @Test
  void aStopIsKeptAndEndsWithTheNextOffset() {
    Progress stopped =
        new Progress(0, 10, new Progress.Stop("x", Instant.parse("2026-11-22T12:00:00.123Z")));
    advance(new Progress(0, 10, null));
    advance(stopped);
    assertThat(get(store().progress())).isEqualTo(Map.of(0, stopped));

    advance(new Progress(0, 11, null));
    assertThat(get(store().progress())).isEqualTo(Map.of(0, new Progress(0, 11, null)));
  }

  @Test
  void aRecordThatIsSetAsideTwiceIsKeptOnce() {
    SetAside record =
        new SetAside(
            "t",
            1,
            42,
            SetAside.Reason.VALUE,
            "not JSON",
            NOON,
            ByteBuffer.wrap(new byte[] {1}),
            List.of(new SetAside.Header("a", "b"), new SetAside.Header("c", null)),
            null);

    store().setAside(List.of(record)).block(SOON);
    store().setAside(List.of(record)).block(SOON);

    assertThat(setAside("t", 1, 42)).isEqualTo(1);
    assertThat(setAside("t", 1, 43)).isZero();
  }

  private boolean save(AccountView before, AccountView after) {
    return get(store().save(List.of(new Change(before, after))));
  }

  private void advance(Progress... steps) {
    store().advance(List.of(steps)).block(SOON);
  }

  private static AccountView after(AccountView view, KeyRingEvent... events) {
    AccountView result = view;
    for (KeyRingEvent event : events) {
      result = AccountView.evolve(result, event, result.position() + 1);
    }
    return result;
  }

  private static <T> T get(Mono<T> mono) {
    return Objects.requireNonNull(mono.block(SOON));
  }
}
