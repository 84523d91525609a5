package dev.keyledger.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.keyring.Challenge;
import dev.keyledger.command.relay.TopicReader;
import dev.keyledger.local.LocalKafka;
import dev.keyledger.local.LocalMail;
import dev.keyledger.local.LocalPostgres;
import dev.keyledger.local.MailBox;
import dev.keyledger.local.Ports;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Commands go on while Kafka or the mail server is away, and what they left behind follows; without
 * the database nothing goes on, and afterwards everything does.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutagesIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  private final int kafkaPort = Ports.free();
  private final int postgresPort = Ports.free();
  private final Path folder;
  private LocalKafka kafka;
  private LocalPostgres postgres;
  private LocalMail mail;
  private final TestNode node;

  OutagesIT(@TempDir Path folder) throws Exception {
    this.folder = folder;
    postgres = startPostgres();
    kafka = LocalKafka.start(folder.resolve("kafka"), kafkaPort);
    mail = LocalMail.start(0);
    Map<String, String> properties = TestNode.properties();
    properties.put("spring.datasource.url", postgres.jdbcUrl());
    properties.put("spring.datasource.username", LocalPostgres.USER);
    properties.put("spring.datasource.password", LocalPostgres.PASSWORD);
    properties.put("spring.datasource.hikari.connection-timeout", "1000");
    properties.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
    properties.put("spring.mail.port", Integer.toString(mail.port()));
    properties.put("keyledger.relay.delivery-timeout", "2s");
    node = TestNode.start(properties);
  }

  private LocalPostgres startPostgres() throws Exception {
    return LocalPostgres.start(
        folder.resolve("postgres"), folder.resolve("postgres.log"), postgresPort);
  }

  @AfterAll
  void stop() throws Exception {
    node.close();
    mail.close();
    kafka.close();
    postgres.close();
  }

  @Test
  void theBacklogDrainsInOrderWhenKafkaIsBack() throws Exception {
    Holder before = node.holder();
    before.make("Bot1x");
    assertThat(positions(before, 3)).containsExactly(1L, 2L, 3L);

    kafka.close();
    List<Holder> during = List.of(node.holder(), node.holder(), node.holder(), before);
    for (int key = 2; key <= 11; key++) {
      for (Holder holder : during) {
        holder.make("Bot" + key + "x");
      }
    }
    assertThat(before.position()).isEqualTo(33);
    await().atMost(SOON).until(() -> lag() >= 120);
    kafka = LocalKafka.start(folder.resolve("kafka"), kafkaPort);

    await().atMost(SOON).until(() -> lag() == 0);
    for (Holder holder : during) {
      int last = Math.toIntExact(holder.position());
      assertThat(firstOccurrences(positions(holder, last))).containsExactlyElementsOf(oneTo(last));
    }
  }

  @Test
  void mailsFollowWhenTheServerIsBack(CapturedOutput log) throws Exception {
    MailBox box = mail.box();
    int port = mail.port();
    mail.close();
    Holder holder = node.holder();
    Challenge challenge = holder.open("Bot1x");
    String code = holder.emailCode(challenge).reveal();
    await().atMost(SOON).until(() -> log.getOut().contains("A mail waits for another attempt"));
    mail = LocalMail.start(port, box);

    assertThat(box.await(holder.email(), m -> m.text().contains(code), SOON)).isPresent();
    assertThat(box.to(holder.email())).hasSize(1);
    assertThat(log).doesNotContain(code).doesNotContain("@example.com");
  }

  @Test
  void everythingGoesOnWhenTheDatabaseIsBack() throws Exception {
    Holder holder = node.holder();
    holder.make("Bot1x");

    postgres.close();
    assertThatThrownBy(() -> holder.open("Bot2x")).isInstanceOf(RuntimeException.class);
    postgres = startPostgres();

    await().atMost(SOON).ignoreExceptions().until(() -> holder.make("Bot2x").position() == 6);
    assertThat(firstOccurrences(positions(holder, 6))).containsExactlyElementsOf(oneTo(6));
    assertThat(
            mail.box()
                .await(holder.email(), m -> m.subject().contains("\"Bot2x\" was created"), SOON))
        .isPresent();
  }

  private List<Long> positions(Holder holder, int count) {
    try (TopicReader topic = new TopicReader(kafka.bootstrapServers())) {
      return topic.read(holder.accountId()::equals, count).stream()
          .map(TopicReader::position)
          .toList();
    }
  }

  /** What a subscriber sees that drops repeats: a position counts where it comes first. */
  private static List<Long> firstOccurrences(List<Long> positions) {
    return positions.stream().distinct().toList();
  }

  private double lag() {
    return node.get(MeterRegistry.class).get("keyledger.relay.lag.events").gauge().value();
  }

  private static List<Long> oneTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
