package dev.keyledger.query.verification;

import dev.keyledger.query.memory.LiveKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** The verifier's meters. */
final class VerificationMetrics {
  static final String VERIFICATIONS = "keyledger.verifications";
  static final String KEYS = "keyledger.verification.keys";
  static final String STALENESS = "keyledger.verification.staleness.seconds";
  static final String STOPPED = "keyledger.verification.stopped.partitions";
  static final String NONCES = "keyledger.verification.nonces";
  static final String GUARDS_ALONE = "keyledger.verification.replay.guard.alone";
  static final String PROVIDER = "keyledger.verification.ed25519";

  private final Counter valid;
  private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);
  private final Map<Outage, Counter> unanswered = new EnumMap<>(Outage.class);

  VerificationMetrics(
      MeterRegistry registry,
      LiveKeys keys,
      ReplayGuard guard,
      Neighbours neighbours,
      String ed25519) {
    valid = counter(registry, "valid");
    for (Reason reason : Reason.values()) {
      refused.put(reason, counter(registry, reason.text()));
    }
    for (Outage outage : Outage.values()) {
      unanswered.put(outage, counter(registry, outage.text()));
    }
    Gauge.builder(KEYS, keys, LiveKeys::size)
        .description("Live keys in this node's memory")
        .register(registry);
    Gauge.builder(STALENESS, keys, live -> live.ready() ? live.staleness().toNanos() / 1e9 : -1)
        .description("Time without proof that all of the topic is applied; -1 before there was any")
        .register(registry);
    Gauge.builder(STOPPED, keys, live -> live.stopped().size())
        .description("Partitions whose keys can't be verified before an upgrade")
        .register(registry);
    Gauge.builder(GUARDS_ALONE, neighbours, n -> n.guardsAlone() ? 1 : 0)
        .description("1 if nonces are remembered by each of several nodes for itself")
        .register(registry);
    Gauge.builder(PROVIDER, () -> 1)
        .description("The provider that checks Ed25519 signatures")
        .tag("provider", ed25519)
        .register(registry);
    if (guard instanceof LocalReplayGuard local) {
      Gauge.builder(NONCES, local, LocalReplayGuard::size)
          .description("Nonces in this node's memory")
          .register(registry);
    }
  }

  void count(Verdict verdict) {
    switch (verdict) {
      case Verdict.Valid _ -> valid.increment();
      case Verdict.Refused no -> counted(refused, no.reason()).increment();
      case Verdict.Unanswered none -> counted(unanswered, none.outage()).increment();
    }
  }

  private static <E extends Enum<E>> Counter counted(Map<E, Counter> counters, E outcome) {
    return java.util.Objects.requireNonNull(counters.get(outcome));
  }

  private static Counter counter(MeterRegistry registry, String outcome) {
    return Counter.builder(VERIFICATIONS)
        .description("Signed requests by what came out")
        .tag("outcome", outcome)
        .register(registry);
  }
}
