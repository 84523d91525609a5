package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.keyledger.command.KeyledgerSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What a deployment sets of Kafka gets to the clients, but for what is ours to say. */
class KafkaSettingsTest {
  private static final KeyledgerSettings.Relay RELAY =
      new KeyledgerSettings.Relay(512, 12, (short) 1, Duration.ofSeconds(8));

  @Test
  void theServersAreEnough() {
    KafkaSettings kafka = bind(Map.of("spring.kafka.bootstrap-servers", "one:9092,two:9092"));

    assertThat(RelayConfiguration.producerSettings(RELAY, kafka))
        .contains(entry("bootstrap.servers", "one:9092,two:9092"), entry("acks", "all"))
        .doesNotContainKey("security.protocol");
  }

  @Test
  void bothClientsAreToldHowToLogIn() {
    KafkaSettings kafka =
        bind(
            Map.of(
                "spring.kafka.bootstrap-servers", "one:9093",
                "spring.kafka.properties.security.protocol", "SASL_SSL",
                "spring.kafka.properties.sasl.mechanism", "SCRAM-SHA-512",
                "spring.kafka.properties[sasl.jaas.config]", "login"));

    assertThat(RelayConfiguration.producerSettings(RELAY, kafka)).containsAllEntriesOf(LOGIN);
    assertThat(RelayConfiguration.adminSettings(RELAY, kafka)).containsAllEntriesOf(LOGIN);
    assertThat(kafka.toString()).doesNotContain("login");
  }

  @Test
  void whatKeepsEventsSafeIsNotTheirsToSay() {
    KafkaSettings kafka =
        bind(
            Map.of(
                "spring.kafka.bootstrap-servers", "one:9092",
                "spring.kafka.properties.bootstrap.servers", "other:9092",
                "spring.kafka.properties.acks", "0",
                "spring.kafka.properties.enable.idempotence", "false",
                "spring.kafka.properties.request.timeout.ms", "60000"));

    assertThat(RelayConfiguration.producerSettings(RELAY, kafka))
        .contains(
            entry("bootstrap.servers", "one:9092"),
            entry("acks", "all"),
            entry("enable.idempotence", true),
            entry("request.timeout.ms", 1_500));
    assertThat(RelayConfiguration.adminSettings(RELAY, kafka))
        .contains(entry("bootstrap.servers", "one:9092"), entry("request.timeout.ms", 1_500));
  }

  private static final Map<String, Object> LOGIN =
      Map.of(
          "bootstrap.servers", "one:9093",
          "security.protocol", "SASL_SSL",
          "sasl.mechanism", "SCRAM-SHA-512",
          "sasl.jaas.config", "login");

  private static KafkaSettings bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bind("spring.kafka", KafkaSettings.class)
        .get();
  }
}
