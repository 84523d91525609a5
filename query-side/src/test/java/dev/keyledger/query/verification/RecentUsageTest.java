package dev.keyledger.query.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentUsageTest {
  private static final LastUse USE =
      new LastUse(Instant.parse("2026-11-22T12:00:00Z"), "203.0.113.7");

  private final InMemoryUsageStore store = new InMemoryUsageStore();
  private final AtomicLong now = new AtomicLong();
  private final RecentUsage recent = new RecentUsage(store, now::get);

  @Test
  void whatWasReadAMomentAgoIsNotReadAgainAndIsReadAgainAfterIt() {
    assertThat(recent.find("alice").block()).isEmpty();
    store.save(List.of(new UsageStore.Entry("alice", "kl_pub_1", USE))).block();

    assertThat(recent.find("alice").block()).isEmpty();
    now.addAndGet(RecentUsage.FOR.toNanos());
    assertThat(recent.find("alice").block()).isEqualTo(Map.of("kl_pub_1", USE));
  }

  @Test
  void accountsAreKeptApart() {
    store.save(List.of(new UsageStore.Entry("alice", "kl_pub_1", USE))).block();

    assertThat(recent.find("alice").block()).hasSize(1);
    assertThat(recent.find("bob").block()).isEmpty();
  }
}
