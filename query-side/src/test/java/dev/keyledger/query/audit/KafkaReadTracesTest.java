package dev.keyledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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
    assertThat(topic.configs())
        .isEqualTo(
            Map.of(
                "retention.ms", "-1",
                "retention.bytes", "-1",
                "cleanup.policy", "delete",
                "min.insync.replicas", "2"));
  }

  @Test
  void whileKafkaIsAwayEachReaderIsToldSoInSeconds() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        KafkaReadTraces traces =
            new KafkaReadTraces(
                Map.of("bootstrap.servers", "127.0.0.1:" + silent.getLocalPort()))) {
      ReadTrace trace =
          new ReadTrace("id", Instant.EPOCH, "a", "GET", "/", null, null, "answered", 200, 1);

      List<Throwable> failures =
          Flux.range(0, 5)
              .flatMap(
                  _ -> traces.write(trace).then(Mono.<Throwable>empty()).onErrorResume(Mono::just))
              .collectList()
              .block(Duration.ofSeconds(30));

      assertThat(failures).hasSize(5);
    }
  }
}
