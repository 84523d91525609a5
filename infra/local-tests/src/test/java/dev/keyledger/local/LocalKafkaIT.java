package dev.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaIT {
  private static final String TOPIC = "kept";

  @TempDir Path folder;

  @Test
  void keepsItsLogOverARestartOnTheSamePort() throws Exception {
    int port = Ports.free();
    try (LocalKafka kafka = LocalKafka.start(folder, port)) {
      assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      try (Admin admin = Admin.create(servers(kafka))) {
        admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
      }
      assertThatThrownBy(() -> send(kafka, "unknown-topic", "x")).hasMessageContaining("unknown");
      send(kafka, TOPIC, "hello");
    }
    try (LocalKafka kafka = LocalKafka.start(folder, port)) {
      assertThat(first(kafka)).isEqualTo("hello");
    }
  }

  @Test
  void takesAnotherPortForTheControllerIfOneIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, Ports.loopback())) {
      PrimitiveIterator.OfInt ports = IntStream.of(taken.getLocalPort(), Ports.free()).iterator();
      try (LocalKafka kafka = LocalKafka.start(folder, 0, ports::nextInt)) {
        try (Admin admin = Admin.create(servers(kafka))) {
          assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
        assertThat(kafka.onDeath()).isNotDone();
      }
    }
  }

  @Test
  void saysWhyItCantStartAndLeavesThisJvmAlone() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, Ports.loopback())) {
      assertThatThrownBy(() -> LocalKafka.start(folder, 0, taken::getLocalPort))
          .hasRootCauseInstanceOf(BindException.class);
    }
  }

  private static void send(LocalKafka kafka, String topic, String value) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", 5000);
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, value)).get();
    }
  }

  private static String first(LocalKafka kafka) {
    try (var consumer =
        new KafkaConsumer<>(servers(kafka), new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return consumer.poll(Duration.ofSeconds(20)).iterator().next().value();
    }
  }

  private static Map<String, Object> servers(LocalKafka kafka) {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }
}
