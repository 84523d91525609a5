package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** What is said of topics that somebody else made. */
class LogTopicsTest {
  private static final NewTopic EVENTS = LogTopics.keptForEver("events", 12, (short) 3);

  @Test
  void aTopicThatIsKeptForEverIsAsItMustBe() {
    assertThat(LogTopics.differences(EVENTS, config("delete", "-1", "-1"))).isEmpty();
    assertThat(
            LogTopics.differences(
                LogTopics.compacted("keys", 12, (short) 3), config("compact", "604800000", "-1")))
        .isEmpty();
  }

  @Test
  void oneThatLosesEventsIsNot() {
    assertThat(LogTopics.differences(EVENTS, config("compact", "604800000", "1000")))
        .containsExactly(
            "cleanup.policy is compact and not delete",
            "retention.ms is 604800000 and not -1",
            "retention.bytes is 1000 and not -1");
    assertThat(
            LogTopics.differences(
                LogTopics.compacted("keys", 12, (short) 3), config("delete", "-1", "-1")))
        .containsExactly("cleanup.policy is delete and not compact");
  }

  private static Config config(String policy, String millis, String bytes) {
    return new Config(
        List.of(
            new ConfigEntry("cleanup.policy", policy),
            new ConfigEntry("retention.ms", millis),
            new ConfigEntry("retention.bytes", bytes)));
  }
}
