package dev.keyledger.subscriber;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows all events from the first one on and prints a line for each, once: repeats are dropped,
 * and where one is missing it stops. A type that it does not know does not stop it, but from then
 * on it says that it can't vouch for that account.
 */
final class Subscriber {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Consumer<String, byte[]> consumer;
  private final Path file;
  private final PrintStream out;
  private final PrintStream err;
  private final Progress progress;
  private final JsonMapper json = JsonMapper.builder().build();

  /**
   * @param consumer belongs to no group: where it goes on is in the file
   * @param out one line for each change
   * @param err what somebody has to look after
   */
  Subscriber(Consumer<String, byte[]> consumer, Path file, PrintStream out, PrintStream err) {
    this.consumer = consumer;
    this.file = file;
    this.out = out;
    this.err = err;
    this.progress = Progress.load(file);
  }

  /**
   * Goes on where it stopped.
   *
   * @param once whether to return when all is read that there is now
   * @throws GapException if an event is missing; nothing from there on is noted as done
   */
  void run(boolean once) throws GapException, IOException {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.EVENTS).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("there is no topic " + Topics.EVENTS + " yet");
    }
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      Long next = progress.offsets().get(partition.partition());
      consumer.seek(partition, next == null ? Objects.requireNonNull(begins.get(partition)) : next);
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!once || !reached(ends)) {
      ConsumerRecords<String, byte[]> records = consumer.poll(LOOK);
      try {
        for (ConsumerRecord<String, byte[]> record : records) {
          take(record);
          progress.offsets().put(record.partition(), record.offset() + 1);
        }
      } finally {
        if (!records.isEmpty()) {
          progress.save(file);
        }
      }
    }
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void take(ConsumerRecord<String, byte[]> record) throws GapException {
    String account = record.key();
    long position = Long.parseLong(header(record, CloudEvents.POSITION));
    long last = progress.positions().getOrDefault(account, 0L);
    if (position <= last) {
      return; // A repeat: delivery is at least once.
    }
    if (position > last + 1) {
      throw new GapException(account, position, last);
    }
    tell(record, account, position);
    progress.positions().put(account, position);
  }

  private void tell(ConsumerRecord<String, byte[]> record, String account, long position) {
    String type = header(record, CloudEvents.TYPE);
    KeyRingEvent event = EventTypes.named(type).map(known -> read(record, known)).orElse(null);
    String what =
        event == null ? type + ", which this program does not understand" : Narration.of(event);
    if (event == null && progress.doubtful().add(account)) {
      err.println(
          """
          ATTENTION: %s at position %d of account %s is not understood. It may have changed anything about this
          account: what is said of it from here on (marked ?) may be wrong. Bring this program up to date, and let it
          read the account again from its first event.\
          """
              .formatted(type, position, account));
    }
    out.printf(
        "%s %s %s %s:%d %s%n",
        progress.doubtful().contains(account) ? "?" : " ",
        header(record, CloudEvents.TIME),
        "#" + optional(record, CloudEvents.LOG_INDEX),
        account,
        position,
        what);
  }

  /** Fields that came later are passed over (Jackson's default). Null for what is no such event. */
  private @Nullable KeyRingEvent read(
      ConsumerRecord<String, byte[]> record, Class<? extends KeyRingEvent> type) {
    try {
      return json.readValue(record.value(), type);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    String value = optional(record, name);
    if (value.isEmpty()) {
      throw new IllegalStateException(
          "Partition %d, offset %d: no %s. Is this Keyledger's topic?"
              .formatted(record.partition(), record.offset(), name));
    }
    return value;
  }

  private static String optional(ConsumerRecord<?, ?> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
