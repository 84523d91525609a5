package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log of one database as a reader finds it on Kafka, repeats and all. */
final class PublishedLog {
  private final List<ConsumerRecord<String, byte[]>> records;
  private final TreeMap<Long, ConsumerRecord<String, byte[]>> first = new TreeMap<>();

  private PublishedLog(List<ConsumerRecord<String, byte[]>> records) {
    this.records = records;
    records.forEach(record -> first.putIfAbsent(TopicReader.logIndex(record), record));
  }

  /** Waits until Kafka has every event of the database, or gives up. */
  static PublishedLog of(JdbcClient database, String kafka) {
    Set<String> accounts =
        new HashSet<>(
            database
                .sql("SELECT DISTINCT aggregate_identifier FROM domain_event")
                .query(String.class)
                .list());
    int events = database.sql("SELECT COUNT(*) FROM domain_event").query(Integer.class).single();
    try (TopicReader topic = new TopicReader(kafka)) {
      return new PublishedLog(topic.readLog(accounts::contains, events));
    }
  }

  /** One index for each event, no gap, the same bytes each time, and each account in order. */
  void check() {
    assertThat(first.keySet())
        .containsExactlyElementsOf(LongStream.range(0, first.size()).boxed().toList());
    assertThat(records)
        .allSatisfy(record ->
            assertThat(content(record))
                .isEqualTo(content(first.getOrDefault(TopicReader.logIndex(record), record))));
    assertThat(first.values().stream().map(record -> TopicReader.header(record, "ce_id")))
        .doesNotHaveDuplicates();
    Map<String, Long> positions = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      long before = positions.getOrDefault(record.key(), 0L);
      assertThat(TopicReader.position(record)).isLessThanOrEqualTo(before + 1);
      positions.merge(record.key(), TopicReader.position(record), Math::max);
    }
  }

  /** Each checkpoint is signed, and one of a tree that this log began as. */
  void check(List<byte[]> notes, VerifierKey key) throws Exception {
    for (byte[] note : notes) {
      Checkpoint checkpoint = Checkpoint.open(note, key);
      CompactRange tree = new CompactRange();
      leaves().stream().limit(checkpoint.size()).forEach(tree::append);
      assertThat(checkpoint).isEqualTo(new Checkpoint(key.name(), tree.size(), tree.root()));
    }
  }

  /** Records, repeats included. */
  int size() {
    return records.size();
  }

  /** Each event in the order of the log: its account and position. */
  List<String> events() {
    return first.values().stream().map(record -> TopicReader.header(record, "ce_id")).toList();
  }

  List<Hash> leaves() {
    return first.values().stream().map(TopicReader::leaf).toList();
  }

  /** Each event in the order of the log, with all that a reader gets of it. */
  List<String> contents() {
    return first.values().stream().map(PublishedLog::content).toList();
  }

  private static String content(ConsumerRecord<String, byte[]> record) {
    List<String> parts = new ArrayList<>();
    record
        .headers()
        .forEach(header ->
            parts.add(header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8)));
    parts.add(record.key());
    parts.add(new String(record.value(), StandardCharsets.UTF_8));
    return String.join("\n", parts);
  }
}
