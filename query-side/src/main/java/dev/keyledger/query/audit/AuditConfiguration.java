package dev.keyledger.query.audit;

import dev.keyledger.events.Topics;
import dev.keyledger.query.stream.StreamFollower;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

/** Puts together what keeps the log. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LogSettings.class)
public class AuditConfiguration {
  private static final int MEGABYTE = 1024 * 1024;
  private static final Logger log = LoggerFactory.getLogger(AuditConfiguration.class);

  @Bean
  LogStatus logStatus(MeterRegistry registry) {
    LogStatus status = new LogStatus();
    LogMetrics.register(registry, status);
    return status;
  }

  @Bean
  StreamFollower logFollower(
      ConsumerFactory<byte[], byte[]> consumers,
      LogStore store,
      LogSettings settings,
      LogStatus status,
      Clock clock) {
    if (settings.keys().isEmpty()) {
      log.warn("no checkpoint is served: keyledger.log.verifier-key is not set");
    }
    Map<String, Object> consuming = consuming(consumers.getConfigurationProperties());
    return new StreamFollower(
        "log",
        "the log is read anew",
        running -> {
          try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(consuming)) {
            LogIntake intake = new LogIntake(store, settings.keys(), status, clock);
            new LogReader(Topics.EVENTS, Topics.CHECKPOINTS, consumer, store, intake).read(running);
          }
        });
  }

  @Bean
  AuditLog auditLog(LogStore store) {
    return new AuditLog(store);
  }

  @Bean
  History history(LogStore store, Clock clock) {
    return new History(store, clock);
  }

  @Bean
  LogTail logTail(LogStore store) {
    return new LogTail(store);
  }

  @Bean
  ReadTraces readTraces(KafkaProperties kafka) {
    return new KafkaReadTraces(kafka.buildProducerProperties());
  }

  @Bean
  LogHealthIndicator logHealthIndicator(LogStatus status) {
    return new LogHealthIndicator(status);
  }

  /**
   * Those of the projection, in a group beside it. Records come in batches, since nobody waits for
   * one of them, and no more of them at once than a small heap can take.
   */
  static Map<String, Object> consuming(Map<String, Object> projection) {
    Map<String, Object> settings = new HashMap<>(projection);
    settings.merge(ConsumerConfig.GROUP_ID_CONFIG, "-log", (id, suffix) -> "" + id + suffix);
    settings.merge(ConsumerConfig.CLIENT_ID_CONFIG, "-log", (id, suffix) -> "" + id + suffix);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, MEGABYTE / 4);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * MEGABYTE);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MEGABYTE / 2);
    return settings;
  }
}
