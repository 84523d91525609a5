package dev.keyledger.command.relay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Kafka is reached, in the words of Spring Boot.
 *
 * @param bootstrapServers each as {@code host:port}
 * @param properties of Kafka's own clients, such as {@code security.protocol}
 */
@ConfigurationProperties("spring.kafka")
record KafkaSettings(List<String> bootstrapServers, @DefaultValue Map<String, String> properties) {

  /** The settings of a client: those of the deployment, and over them what is ours to say. */
  Map<String, Object> under(Map<String, Object> ours) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", bootstrapServers));
    all.putAll(ours);
    return all;
  }

  /** Tells nothing of the properties: there are passwords among them. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrapServers=" + bootstrapServers + "]";
  }
}
