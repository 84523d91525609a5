package dev.keyledger.query.projection;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Ready once the views held what was in the log at the start. A partition that stopped later is
 * only told, since answers go on and say that they are old.
 */
final class ProjectionHealthIndicator implements HealthIndicator {
  private final ProjectionStatus status;
  private final BooleanSupplier running;

  ProjectionHealthIndicator(ProjectionStatus status, BooleanSupplier running) {
    this.status = status;
    this.running = running;
  }

  @Override
  public Health health() {
    boolean up = status.caughtUp() && running.getAsBoolean();
    Map<String, String> stopped = new TreeMap<>();
    status.stops().forEach((partition, stop) -> stopped.put(partition.toString(), stop.type()));
    return (up ? Health.up() : Health.outOfService())
        .withDetail("assignedPartitions", status.assigned())
        .withDetail("lagRecords", status.lagRecords())
        .withDetail("stoppedPartitions", stopped)
        .build();
  }
}
