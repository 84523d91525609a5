package dev.keyledger.command.relay;

import dev.keyledger.command.KeyledgerSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together who tells of live keys. */
@Configuration(proxyBeanMethods = false)
class LiveKeyConfiguration {

  @Bean
  LiveKeyStore liveKeyStore(
      JdbcClient jdbc, PlatformTransactionManager transactions, EventRecords records) {
    return new LiveKeyStore(jdbc, new TransactionTemplate(transactions), records);
  }

  @Bean
  LiveKeyPublisher liveKeyPublisher(
      LiveKeyStore liveKeyStore,
      Publication publication,
      Supplier<Producer<String, byte[]>> liveKeyProducers,
      MeterRegistry meters) {
    Gauge.builder("keyledger.keys.lag.events", liveKeyStore, LiveKeyStore::lag)
        .description("Events from the oldest one on that the topic of keys does not tell of yet")
        .register(meters);
    return new LiveKeyPublisher(liveKeyStore, publication, liveKeyProducers);
  }

  @Bean
  Supplier<Producer<String, byte[]>> liveKeyProducers(
      KeyledgerSettings settings, LiveKeyStore liveKeyStore, KafkaSettings kafka) {
    return () -> {
      Map<String, Object> producer = RelayConfiguration.producerSettings(settings.relay(), kafka);
      producer.put(ProducerConfig.CLIENT_ID_CONFIG, "keyledger-keys");
      producer.put(
          ProducerConfig.TRANSACTIONAL_ID_CONFIG, "keyledger-keys-" + liveKeyStore.writer());
      return new KafkaProducer<>(producer);
    };
  }
}
