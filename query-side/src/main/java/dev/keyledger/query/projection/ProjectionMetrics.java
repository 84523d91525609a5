package dev.keyledger.query.projection;

import dev.keyledger.events.EventTypes;
import dev.keyledger.query.stream.Decoded.Known;
import dev.keyledger.query.views.SetAside;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.function.Supplier;

/** The projection's meters. */
final class ProjectionMetrics {
  static final String EVENTS = "keyledger.projection.events";
  static final String SET_ASIDE = "keyledger.projection.set.aside";
  static final String BATCH = "keyledger.projection.batch";
  static final String LAG_RECORDS = "keyledger.projection.lag.records";
  static final String LAG_SECONDS = "keyledger.projection.lag.seconds";
  static final String STOPPED = "keyledger.projection.stopped.partitions";

  private final MeterRegistry registry;
  private final Timer batch;

  ProjectionMetrics(MeterRegistry registry, ProjectionStatus status) {
    this.registry = registry;
    this.batch =
        Timer.builder(BATCH)
            .description("Time to bring one batch into the views, once they were looked at")
            .register(registry);
    Gauge.builder(LAG_RECORDS, status, ProjectionStatus::lagRecords)
        .description("Records in this node's partitions that are not in the views")
        .register(registry);
    Gauge.builder(LAG_SECONDS, status, ProjectionStatus::lagSeconds)
        .description("Age of the newest applied record while behind")
        .register(registry);
    Gauge.builder(STOPPED, status, s -> s.stops().size())
        .description("Partitions that wait for a version that knows the next event's type")
        .register(registry);
    for (SetAside.Reason reason : SetAside.Reason.values()) {
      setAsideCounter(reason);
    }
  }

  <T> T timed(Supplier<T> work) {
    Timer.Sample sample = Timer.start(registry);
    T result = work.get();
    sample.stop(batch);
    return result;
  }

  void applied(List<Known> events) {
    for (Known known : events) {
      registry.counter(EVENTS, "type", EventTypes.nameOf(known.event().getClass())).increment();
    }
  }

  void setAside(SetAside.Reason reason) {
    setAsideCounter(reason).increment();
  }

  private Counter setAsideCounter(SetAside.Reason reason) {
    return Counter.builder(SET_ASIDE)
        .description("Records that could not go into a view")
        .tag("reason", reason.text())
        .register(registry);
  }
}
