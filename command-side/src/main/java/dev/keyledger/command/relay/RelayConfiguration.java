package dev.keyledger.command.relay;

import dev.keyledger.command.Follower;
import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.tlog.NoteSigner;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.serialization.Serializer;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the relay together; Kafka's side of it: a producer that loses nothing. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
class RelayConfiguration {
  private static final int REQUEST_TIMEOUT_MILLIS = 1_500;

  /** Subscribers wait for it. */
  private static final Duration GATHERING = Duration.ofMillis(20);

  @Bean
  Follower log(
      EventRecords records,
      LogEntries entries,
      Serializer stored,
      Relay relay,
      KeyledgerSettings settings) {
    return new Follower(
        Publication.FOLLOWER,
        new Sequencer(records, entries, stored, relay),
        settings.relay().batchSize(),
        GATHERING);
  }

  @Bean
  EventRecords eventRecords() {
    return new EventRecords();
  }

  @Bean
  LogEntries logEntries(JdbcClient jdbc, EventRecords records) {
    return new LogEntries(jdbc, records);
  }

  @Bean
  Publication publication(JdbcClient jdbc, KeyledgerSettings settings) {
    return new Publication(jdbc, settings.nodeId());
  }

  @Bean
  CheckpointStore checkpointStore(JdbcClient jdbc) {
    return new CheckpointStore(jdbc);
  }

  @Bean
  Relay relay(
      Publication publication,
      CheckpointStore checkpoints,
      NoteSigner signer,
      LogEntries entries,
      EventPublisher publisher) {
    return new Relay(publication, checkpoints, signer, entries, publisher);
  }

  @Bean
  LogHealthIndicator logHealthIndicator(Relay relay) {
    return new LogHealthIndicator(relay);
  }

  @Bean
  LogMetrics logMetrics(
      LogEntries entries,
      Publication publication,
      CheckpointStore checkpoints,
      Relay relay,
      MeterRegistry meters) {
    return new LogMetrics(entries, publication, checkpoints, relay, meters);
  }

  @Bean
  Supplier<Producer<String, byte[]>> relayProducers(
      KeyledgerSettings settings, KafkaSettings kafka) {
    return () -> new KafkaProducer<>(producerSettings(settings.relay(), kafka));
  }

  @Bean
  EventPublisher eventPublisher(
      Supplier<Producer<String, byte[]>> relayProducers,
      KeyledgerSettings settings,
      KafkaSettings kafka) {
    return new EventPublisher(relayProducers, () -> LogTopics.ensure(settings.relay(), kafka));
  }

  /** Kafka may come later than this service; nothing else waits for it. */
  @Bean
  ApplicationRunner topicAtStart(EventPublisher publisher) {
    return arguments -> Thread.ofVirtual().name("topic-at-start").start(publisher::prepare);
  }

  static Map<String, Object> producerSettings(KeyledgerSettings.Relay relay, KafkaSettings kafka) {
    int delivery = Math.toIntExact(relay.deliveryTimeout().toMillis());
    return kafka.under(
        Map.of(
            ProducerConfig.CLIENT_ID_CONFIG,
            "keyledger-relay",
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            StringSerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            // With more than one request under way, a broker that has never heard of this producer
            // takes a later one although the first was lost.
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            delivery,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            delivery,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            REQUEST_TIMEOUT_MILLIS,
            ProducerConfig.LINGER_MS_CONFIG,
            0));
  }

  static Map<String, Object> adminSettings(KeyledgerSettings.Relay relay, KafkaSettings kafka) {
    return kafka.under(
        Map.of(
            CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
            REQUEST_TIMEOUT_MILLIS,
            CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
            Math.toIntExact(relay.deliveryTimeout().toMillis())));
  }
}
