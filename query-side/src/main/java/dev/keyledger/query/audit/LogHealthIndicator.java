package dev.keyledger.query.audit;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells how far the log is and whether it was found to be wrong. Always up: keys and verification
 * don't wait for it.
 */
final class LogHealthIndicator implements HealthIndicator {
  private final LogStatus status;

  LogHealthIndicator(LogStatus status) {
    this.status = status;
  }

  @Override
  public Health health() {
    return Health.up()
        .withDetail("size", status.size())
        .withDetail("checkpointSize", status.checkpointSize())
        .withDetail("alarms", status.alarms())
        .build();
  }
}
