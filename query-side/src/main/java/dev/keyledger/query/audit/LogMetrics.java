package dev.keyledger.query.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The log's meters. */
final class LogMetrics {
  static final String SIZE = "keyledger.log.size";
  static final String CHECKPOINT = "keyledger.log.checkpoint.size";
  static final String ALARMS = "keyledger.log.alarms";
  static final String STANDSTILL = "keyledger.log.standstill";

  private LogMetrics() {}

  static void register(MeterRegistry registry, LogStatus status) {
    Gauge.builder(SIZE, status, LogStatus::size)
        .description("Events of the log that are here without a gap")
        .register(registry);
    Gauge.builder(CHECKPOINT, status, LogStatus::checkpointSize)
        .description("Size of the newest checkpoint that is served")
        .register(registry);
    Gauge.builder(ALARMS, status, LogStatus::alarms)
        .description("How often the log was found to be not what it must be")
        .register(registry);
    Gauge.builder(STANDSTILL, status, it -> it.stands() ? 1 : 0)
        .description("1 while an event does not come that a checkpoint proves to exist")
        .register(registry);
  }
}
