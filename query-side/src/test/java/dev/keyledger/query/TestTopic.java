package dev.keyledger.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.json.JsonMapper;

/** A topic that tests fill the way the relay does, or worse. */
public final class TestTopic implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String name;
  private final KafkaProducer<String, byte[]> producer;

  private TestTopic(String name, KafkaProducer<String, byte[]> producer) {
    this.name = name;
    this.producer = producer;
  }

  /** Makes the topic unless it exists. */
  public static TestTopic create(String bootstrapServers, String name, int partitions)
      throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0);
    try (Admin admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
    return new TestTopic(
        name, new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()));
  }

  public String name() {
    return name;
  }

  /** Sends the events of an account as positions from {@code position} on. */
  public void send(long position, KeyRingEvent... events) throws Exception {
    long next = position;
    for (KeyRingEvent event : events) {
      send(record(name, event, next++));
    }
  }

  /** Sends a record as it is. */
  public RecordMetadata send(ProducerRecord<String, byte[]> record) throws Exception {
    return producer.send(record).get(10, TimeUnit.SECONDS);
  }

  /** The record that the relay would send. */
  public ProducerRecord<String, byte[]> record(KeyRingEvent event, long position) {
    return record(name, event, position);
  }

  /** The record that the relay would send. */
  public static ProducerRecord<String, byte[]> record(
      String topic, KeyRingEvent event, long position) {
    var record = new ProducerRecord<>(topic, event.accountId(), JSON.writeValueAsBytes(event));
    header(record, CloudEvents.SPEC_VERSION, CloudEvents.SPEC_VERSION_VALUE);
    header(record, CloudEvents.ID, event.accountId() + ":" + position);
    header(record, CloudEvents.SOURCE, CloudEvents.SOURCE_VALUE);
    header(record, CloudEvents.TYPE, EventTypes.nameOf(event.getClass()));
    header(record, CloudEvents.SUBJECT, event.accountId());
    header(record, CloudEvents.TIME, event.occurredAt().toString());
    header(record, CloudEvents.DATA_SCHEMA, EventTypes.schemaUri(event.getClass()));
    header(record, CloudEvents.POSITION, Long.toString(position));
    header(record, CloudEvents.CONTENT_TYPE, CloudEvents.CONTENT_TYPE_VALUE);
    return record;
  }

  /** Replaces a header. */
  public static ProducerRecord<String, byte[]> header(
      ProducerRecord<String, byte[]> record, String name, String value) {
    record.headers().remove(name).add(name, value.getBytes(UTF_8));
    return record;
  }

  /** The same record with another value. */
  public static ProducerRecord<String, byte[]> value(
      ProducerRecord<String, byte[]> record, byte[] value) {
    return new ProducerRecord<>(record.topic(), null, record.key(), value, record.headers());
  }

  @Override
  public void close() {
    producer.close();
  }
}
