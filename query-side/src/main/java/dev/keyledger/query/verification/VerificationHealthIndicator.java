package dev.keyledger.query.verification;

import dev.keyledger.query.memory.LiveKeys;
import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Ready once the memory of live keys held what was in the topic at the start. What is wrong later
 * is only told: answers say it themselves.
 */
final class VerificationHealthIndicator implements HealthIndicator {
  private final LiveKeys keys;
  private final Neighbours neighbours;
  private final VerificationSettings settings;

  VerificationHealthIndicator(LiveKeys keys, Neighbours neighbours, VerificationSettings settings) {
    this.keys = keys;
    this.neighbours = neighbours;
    this.settings = settings;
  }

  @Override
  public Health health() {
    boolean ready = keys.ready();
    return (ready ? Health.up() : Health.outOfService())
        .withDetail("stale", !ready || keys.staleness().compareTo(settings.maxStaleness()) > 0)
        .withDetail("stoppedPartitions", keys.stopped())
        .withDetail("replayGuard", settings.replayGuard().name().toLowerCase(Locale.ROOT))
        .withDetail("otherNodes", neighbours.others())
        .withDetail("guardsAloneAmongSeveral", neighbours.guardsAlone())
        .build();
  }
}
