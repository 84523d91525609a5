package dev.keyledger.query.verification;

import static dev.keyledger.query.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.TestKey;
import dev.keyledger.query.memory.KeyId;
import dev.keyledger.query.memory.TestMemory;
import dev.keyledger.query.verification.UsageStore.Entry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is noted of the use of keys, and how often it is written. */
class UsageLogTest {
  private static final KeyId KEY = new KeyId(1, 1);
  private static final InetAddress HERE = InetAddress.ofLiteral("203.0.113.7");
  private static final InetAddress THERE = InetAddress.ofLiteral("2001:db8:0:0:0:0:0:1");

  private final InMemoryUsageStore store = new InMemoryUsageStore();
  private final ManualClock clock = new ManualClock();
  private final TestMemory memory = new TestMemory(clock);
  private final UsageLog log = new UsageLog(store, memory.live(), clock, Duration.ofHours(1));

  @Test
  void nothingIsWrittenBeforeItIsTime() {
    log.used("alice", KEY, HERE);
    assertThat(uses()).isEmpty();

    log.write().block();
    assertThat(uses()).isEqualTo(Map.of(KEY.text(), new LastUse(NOON, "203.0.113.7")));
  }

  @Test
  void manyUsesInAMinuteAreWrittenOnce() {
    for (int n = 0; n < 100; n++) {
      log.used("alice", KEY, HERE);
      log.write().block();
    }
    assertThat(store.saves()).isEqualTo(1);

    clock.advance(Duration.ofMinutes(1));
    log.write().block();
    log.used("alice", KEY, HERE);
    log.write().block();
    assertThat(store.saves()).isEqualTo(2);
    assertThat(uses())
        .isEqualTo(
            Map.of(KEY.text(), new LastUse(NOON.plus(Duration.ofMinutes(1)), "203.0.113.7")));
  }

  @Test
  void anotherAddressIsWrittenToo() {
    log.used("alice", KEY, HERE);
    log.write().block();
    log.used("alice", KEY, THERE);
    log.write().block();

    assertThat(uses()).isEqualTo(Map.of(KEY.text(), new LastUse(NOON, "2001:db8::1")));
  }

  @Test
  void ofTwoAddressesInAMinuteTheOneThatWasUsedLastCounts() {
    Duration moment = Duration.ofSeconds(1);
    log.used("alice", KEY, THERE);
    log.write().block();
    clock.advance(moment);
    log.used("alice", KEY, HERE);
    log.write().block();

    assertThat(uses()).isEqualTo(Map.of(KEY.text(), new LastUse(NOON.plus(moment), "203.0.113.7")));
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenLater() {
    store.failWith(new IllegalStateException("down"));
    log.used("alice", KEY, HERE);
    log.write().block();
    store.failWith(null);

    log.write().block();

    assertThat(uses()).containsKey(KEY.text());
  }

  @Test
  void whatWasBeingWrittenWhenItStoppedIsWrittenAgain() {
    store.hang(true);
    log.used("alice", KEY, HERE);
    log.write().subscribe().dispose();
    store.hang(false);

    log.write().block();

    assertThat(uses()).containsKey(KEY.text());
  }

  @Test
  @SuppressWarnings("NullAway") // what the type does not allow, and some caller may do
  void aNoteThatCannotBeWrittenKeepsNoOtherFromIt() {
    log.used("alice", new KeyId(1, 0), null);
    log.used("alice", KEY, HERE);
    log.used("alice", new KeyId(1, 2), THERE);

    log.write().block();

    assertThat(uses()).containsOnlyKeys(KEY.text(), new KeyId(1, 2).text());
  }

  @Test
  void aDeletedKeyIsForgottenAWhileAfter() {
    log.used("alice", KEY, HERE);
    log.write().block();
    log.used("alice", KEY, THERE);
    log.gone("alice", KEY);
    log.write().block();
    log.clear().block();
    assertThat(uses()).isEqualTo(Map.of(KEY.text(), new LastUse(NOON, "203.0.113.7")));

    clock.advance(Duration.ofHours(4));
    log.clear().block();
    assertThat(uses()).isEmpty();
  }

  @Test
  void aDeletedKeyThatCannotBeForgottenNowIsForgottenLater() {
    log.used("alice", KEY, HERE);
    log.write().block();
    log.gone("alice", KEY);
    clock.advance(Duration.ofHours(4));
    store.failWith(new IllegalStateException("down"));
    log.clear().block();
    store.failWith(null);
    assertThat(uses()).containsKey(KEY.text());

    log.clear().block();
    assertThat(uses()).isEmpty();
  }

  @Test
  void keysThatWentWhileNoNodeSawItAreForgottenAfterTheStart() {
    TestKey live = TestKey.hmac();
    TestKey created = TestKey.hmac();
    for (String key : List.of(KEY.text(), live.publicApiKey(), created.publicApiKey())) {
      store.save(List.of(new Entry("alice", key, new LastUse(NOON, "203.0.113.7")))).block();
    }
    memory.apply(live.created("alice"));
    log.clear().block();
    clock.advance(Duration.ofHours(4));
    log.clear().block();
    assertThat(uses()).as("what is live is not known yet").hasSize(3);

    memory.caughtUp();
    store.failWith(new IllegalStateException("down"));
    log.clear().block();
    store.failWith(null);
    log.clear().block();
    memory.apply(created.created("alice")); // another node knew it before
    clock.advance(Duration.ofHours(4));
    log.clear().block();

    assertThat(uses()).containsOnlyKeys(live.publicApiKey(), created.publicApiKey());
  }

  @Test
  void whatIsNewIsWrittenAtShutdown() {
    log.start();
    log.used("alice", KEY, HERE);
    log.stop();

    assertThat(uses()).containsKey(KEY.text());
  }

  private Map<String, LastUse> uses() {
    return Objects.requireNonNull(store.find("alice").block());
  }
}
