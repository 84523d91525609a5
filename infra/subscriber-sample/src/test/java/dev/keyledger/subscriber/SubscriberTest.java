package dev.keyledger.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscriberTest {
  private static final TopicPartition PARTITION = new TopicPartition(Topics.EVENTS, 0);
  private static final String DELETED = "dev.keyledger.KeyDeleted.v1";

  private final List<ConsumerRecord<String, byte[]>> topic = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir Path folder;

  @Test
  void eachChangeIsALine() throws Exception {
    deleted("alice", 1);
    deleted("bob", 1);

    read();

    assertThat(lines(out))
        .containsExactly(
            "  2026-11-26T12:00:00Z #0 alice:1 key-1 deleted",
            "  2026-11-26T12:00:00Z #1 bob:1 key-1 deleted");
    assertThat(lines(err)).isEmpty();
  }

  @Test
  void repeatsAreDropped() throws Exception {
    deleted("alice", 1);
    deleted("alice", 2);
    deleted("alice", 1);
    deleted("alice", 2);
    deleted("alice", 3);

    read();

    assertThat(changes()).containsExactly("alice:1", "alice:2", "alice:3");
  }

  @Test
  void itGoesOnWhereItStopped() throws Exception {
    deleted("alice", 1);
    read();
    deleted("alice", 1);
    deleted("alice", 2);

    read();

    assertThat(changes()).containsExactly("alice:1", "alice:2");
  }

  @Test
  void aGapStopsItAndStaysOne() throws Exception {
    deleted("alice", 1);
    deleted("bob", 1);
    deleted("alice", 3);
    deleted("bob", 2);

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(this::read)
          .isInstanceOf(GapException.class)
          .hasMessageContaining("position 3 of account alice follows 1");
    }
    assertThat(changes()).containsExactly("alice:1", "bob:1");
  }

  @Test
  void whatBeginsInTheMiddleIsAGap() {
    deleted("alice", 2);

    assertThatThrownBy(this::read).isInstanceOf(GapException.class);
  }

  @Test
  void anUnknownTypeIsSurvivedAndItsAccountVouchedForNoMore() throws Exception {
    deleted("alice", 1);
    add("dev.keyledger.KeyLent.v1", "alice", 2, "{\"to\":\"bob\"}");
    deleted("bob", 1);
    deleted("alice", 3);
    read();
    deleted("alice", 4);
    read();

    assertThat(lines(out).stream().map(line -> line.charAt(0) + account(line)))
        .containsExactly(" alice:1", "?alice:2", " bob:1", "?alice:3", "?alice:4");
    assertThat(lines(out).get(1)).contains("dev.keyledger.KeyLent.v1").doesNotContain("bob");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("ATTENTION")
        .contains("dev.keyledger.KeyLent.v1 at position 2 of account alice");
  }

  @Test
  void aLaterVersionOfATypeIsNotTakenForTheEarlierOne() throws Exception {
    add("dev.keyledger.KeyDeleted.v2", "alice", 1, value("alice"));

    read();

    assertThat(lines(out)).singleElement().asString().startsWith("?");
  }

  @Test
  void aFieldThatCameLaterIsPassedOver() throws Exception {
    add(DELETED, "alice", 1, value("alice").replace("{", "{\"why\":[1],"));

    read();

    assertThat(lines(out)).singleElement().asString().endsWith("alice:1 key-1 deleted");
  }

  @Test
  void aValueThatCantBeReadIsLikeAnUnknownType() throws Exception {
    add(DELETED, "alice", 1, "nonsense");
    deleted("bob", 1);

    read();

    assertThat(lines(out)).hasSize(2).first().asString().startsWith("?");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("ATTENTION");
  }

  @Test
  void recordsOfSomethingElseAreNotGuessedAt() {
    topic.add(new ConsumerRecord<>(Topics.EVENTS, 0, 0, "alice", new byte[0]));

    assertThatThrownBy(this::read).hasMessageContaining("no ce_position");
  }

  private void read() throws Exception {
    MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");
    consumer.updatePartitions(
        Topics.EVENTS, List.of(new PartitionInfo(Topics.EVENTS, 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, (long) topic.size()));
    consumer.schedulePollTask(() ->
        topic.stream()
            .filter(record -> record.offset() >= consumer.position(PARTITION))
            .forEach(consumer::addRecord));
    new Subscriber(consumer, folder.resolve("progress.json"), print(out), print(err)).run(true);
  }

  private void deleted(String account, long position) {
    add(DELETED, account, position, value(account));
  }

  private static String value(String account) {
    return """
    {"accountId":"%s","occurredAt":"2026-11-26T12:00:00Z","challengeId":"ch_1",\
    "publicApiKey":"key-1","label":"Bot1x"}\
    """
        .formatted(account);
  }

  private void add(String type, String account, long position, String value) {
    RecordHeaders headers = new RecordHeaders();
    Map.of(
            CloudEvents.TYPE,
            type,
            CloudEvents.POSITION,
            Long.toString(position),
            CloudEvents.TIME,
            "2026-11-26T12:00:00Z",
            CloudEvents.LOG_INDEX,
            Integer.toString(topic.size()))
        .forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
    topic.add(
        new ConsumerRecord<>(
            Topics.EVENTS,
            0,
            topic.size(),
            0,
            TimestampType.CREATE_TIME,
            0,
            0,
            account,
            value.getBytes(StandardCharsets.UTF_8),
            headers,
            Optional.empty()));
  }

  private List<String> changes() {
    return lines(out).stream().map(SubscriberTest::account).toList();
  }

  /** The account and position of a line. */
  private static String account(String line) {
    return line.substring(2).split(" ", -1)[2];
  }

  private static List<String> lines(ByteArrayOutputStream text) {
    return text.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }
}
