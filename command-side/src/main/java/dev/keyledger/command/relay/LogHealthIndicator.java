package dev.keyledger.command.relay;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down where the log is at fault. Commands go on nevertheless: it is no part of readiness. */
final class LogHealthIndicator implements HealthIndicator {
  private final Relay relay;

  LogHealthIndicator(Relay relay) {
    this.relay = relay;
  }

  @Override
  public Health health() {
    String fault = relay.fault();
    return fault == null ? Health.up().build() : Health.down().withDetail("fault", fault).build();
  }
}
