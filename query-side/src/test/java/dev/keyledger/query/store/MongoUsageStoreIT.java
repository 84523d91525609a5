package dev.keyledger.query.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.verification.LastUse;
import dev.keyledger.query.verification.UsageStore.Entry;
import dev.keyledger.query.verification.UsageStore.KeyName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Last uses in MongoDB. */
class MongoUsageStoreIT {
  private static final LastUse EARLY = new LastUse(Instant.parse("2026-11-22T11:59:00Z"), "::1");
  private static final LastUse LATE =
      new LastUse(Instant.parse("2026-11-22T12:00:00Z"), "203.0.113.7");

  private final TestDatabase mongo = new TestDatabase();
  private final MongoUsageStore store = new MongoUsageStore(mongo.database());

  @AfterEach
  void close() {
    mongo.close();
  }

  @Test
  void anAccountWithoutUsesHasNone() {
    assertThat(store.find("alice").block()).isEmpty();
  }

  @Test
  void usesComeBackByKey() {
    store
        .save(
            List.of(
                new Entry("alice", "k1", EARLY),
                new Entry("alice", "k2", LATE),
                new Entry("bob", "k3", LATE)))
        .block();

    assertThat(store.find("alice").block()).isEqualTo(Map.of("k1", EARLY, "k2", LATE));
    assertThat(store.find("bob").block()).isEqualTo(Map.of("k3", LATE));
  }

  @Test
  void aKeyThatIsNoMoreIsForgotten() {
    store.save(List.of(new Entry("alice", "k1", EARLY), new Entry("alice", "k2", LATE))).block();
    store.forget(List.of(new KeyName("alice", "k1"), new KeyName("bob", "k1"))).block();

    assertThat(store.find("alice").block()).isEqualTo(Map.of("k2", LATE));
    assertThat(store.find("bob").block()).isEmpty();
  }

  @Test
  void allKeysWithAUseCanBeAskedFor() {
    assertThat(store.all().collectList().block()).isEmpty();
    store
        .save(
            List.of(
                new Entry("alice", "k1", EARLY),
                new Entry("alice", "k2", LATE),
                new Entry("bob", "k3", LATE)))
        .block();
    store.forget(List.of(new KeyName("bob", "k3"))).block();

    assertThat(store.all().collectList().block())
        .containsExactlyInAnyOrder(new KeyName("alice", "k1"), new KeyName("alice", "k2"));
  }

  @Test
  void theLatestCountsAlsoWithinASecondWhateverItsAddress() {
    Instant noon = Instant.parse("2026-11-22T12:00:00Z");
    LastUse first = new LastUse(noon, "203.0.113.7");
    LastUse second = new LastUse(noon.plusMillis(1), "2001:db8::1");
    LastUse third = new LastUse(noon.plusNanos(1_000_001), "198.51.100.1");
    for (LastUse use : List.of(first, third, second)) {
      store.save(List.of(new Entry("alice", "k1", use))).block();
    }

    assertThat(store.find("alice").block()).isEqualTo(Map.of("k1", third));
  }

  @Test
  void theLatestCountsWhoeverWritesLast() {
    store.save(List.of(new Entry("alice", "k1", LATE))).block();
    store.save(List.of(new Entry("alice", "k1", EARLY), new Entry("alice", "k2", EARLY))).block();

    assertThat(store.find("alice").block()).isEqualTo(Map.of("k1", LATE, "k2", EARLY));
  }
}
