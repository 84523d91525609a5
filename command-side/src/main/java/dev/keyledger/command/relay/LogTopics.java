package dev.keyledger.command.relay;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.events.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics: made with their partitions where they are missing. Those that exist are left as they
 * are, but what would lose events of them is told.
 */
final class LogTopics {
  private static final Duration TOMBSTONES_STAY = Duration.ofDays(7);
  private static final Logger log = LoggerFactory.getLogger(LogTopics.class);

  private LogTopics() {}

  /**
   * Makes what is missing.
   *
   * @throws KafkaException if that can't be done now
   */
  static void ensure(KeyledgerSettings.Relay relay, KafkaSettings kafka) {
    int timeout = Math.toIntExact(relay.deliveryTimeout().toMillis());
    List<NewTopic> wanted =
        List.of(
            keptForEver(Topics.EVENTS, relay.partitions(), relay.replicationFactor()),
            keptForEver(Topics.CHECKPOINTS, 1, relay.replicationFactor()),
            compacted(Topics.KEYS, relay.partitions(), relay.replicationFactor()));
    try (Admin admin = Admin.create(RelayConfiguration.adminSettings(relay, kafka))) {
      Map<String, KafkaFuture<Void>> created = admin.createTopics(wanted).values();
      for (NewTopic topic : wanted) {
        if (!isNew(Objects.requireNonNull(created.get(topic.name())), timeout)) {
          differences(topic, configOf(topic.name(), admin, timeout))
              .forEach(difference ->
                  log.error("topic {} loses what must be kept: {}", topic.name(), difference));
        }
      }
    } catch (TimeoutException e) {
      throw new KafkaException("Kafka did not answer in time.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while Kafka was asked for the topics.", e);
    }
  }

  /** What of an existing topic's retention is not as it would have been made. */
  static List<String> differences(NewTopic wanted, Config found) {
    List<String> differences = new ArrayList<>();
    for (String name :
        List.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.RETENTION_MS_CONFIG,
            TopicConfig.RETENTION_BYTES_CONFIG)) {
      String value = wanted.configs().get(name);
      ConfigEntry entry = found.get(name);
      if (value != null && entry != null && !value.equals(entry.value())) {
        differences.add(name + " is " + entry.value() + " and not " + value);
      }
    }
    return differences;
  }

  private static boolean isNew(KafkaFuture<Void> created, int timeout)
      throws TimeoutException, InterruptedException {
    try {
      created.get(timeout, MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      if (e.getCause() instanceof AuthorizationException) {
        log.warn("topics can't be made here, and are to be there: {}", e.getCause().toString());
        return false;
      }
      throw new KafkaException("A topic could not be created.", e.getCause());
    }
  }

  /** Empty where this service may not look: that keeps no event from being published. */
  private static Config configOf(String topic, Admin admin, int timeout)
      throws TimeoutException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      return Objects.requireNonNull(admin.describeConfigs(List.of(resource)).values().get(resource))
          .get(timeout, MILLISECONDS);
    } catch (ExecutionException e) {
      log.warn("how long topic {} is kept can't be found out: {}", topic, e.toString());
      return new Config(List.of());
    }
  }

  static NewTopic keptForEver(String name, int partitions, short replicationFactor) {
    return new NewTopic(name, partitions, replicationFactor)
        .configs(Topics.keptForEver(replicationFactor));
  }

  static NewTopic compacted(String name, int partitions, short replicationFactor) {
    return new NewTopic(name, partitions, replicationFactor)
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                // Whoever takes longer to read it all must begin again.
                TopicConfig.DELETE_RETENTION_MS_CONFIG,
                Long.toString(TOMBSTONES_STAY.toMillis()),
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Topics.minInSync(replicationFactor)));
  }
}
