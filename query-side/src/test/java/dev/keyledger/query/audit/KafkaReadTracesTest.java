package dev.keyledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

class KafkaReadTracesTest {

  @Test
  void tracesHaveOneOrderAndAreKeptForEverInAsManyCopiesAsTheEvents() {
    List<Node> nodes =
        List.of(new Node(1, "a", 9092), new Node(2, "b", 9092), new Node(3, "c", 9092));
    TopicPartitionInfo partition = new TopicPartitionInfo(0, nodes.getFirst(), nodes, nodes);

    NewTopic topic =
        KafkaReadTraces.topic(new TopicDescription(Topics.EVENTS, false, List.of(partition)));

    assertThat(topic.name()).isEqualTo(Topics.AUDIT_READS);
    assertThat(topic.numPartitions()).isEqualTo(1);
    assertThat(topic.replicationFactor()).isEqualTo((short) 3);
    assertThat(topic.configs()).isEqualTo(Map.of("retention.ms", "-1"));
  }
}
