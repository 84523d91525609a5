package dev.keyledger.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Traces in a topic of their own, as CloudEvents with the reader as the key. Topic and producer are
 * made when they are needed first, since most nodes are never asked: on a thread of their own, so
 * that while Kafka is away auditors wait, and nobody else.
 */
final class KafkaReadTraces implements ReadTraces, AutoCloseable {
  static final String SOURCE = "/keyledger/query-side";
  static final String TYPE = EventTypes.PREFIX + "AuditRead" + EventTypes.SUFFIX;

  /** How long an answer waits for its trace. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Traces that wait for Kafka; beyond them, reads are refused at once. */
  private static final int MOST_WAITING = 1_000;

  private final Scheduler sending = Schedulers.newBoundedElastic(1, MOST_WAITING, "audit-reads");
  private final Map<String, Object> settings;
  private final JsonMapper json = JsonMapper.builder().build();
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * @param connection how brokers are reached
   */
  KafkaReadTraces(Map<String, Object> connection) {
    settings = new HashMap<>(connection);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1024 * 1024);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
  }

  @Override
  public Mono<Void> write(ReadTrace trace) {
    return Mono.<Void>create(sink -> send(record(trace), sink))
        .subscribeOn(sending)
        .timeout(PATIENCE);
  }

  private void send(ProducerRecord<byte[], byte[]> record, MonoSink<Void> sink) {
    Callback acknowledged =
        (_, failure) -> {
          if (failure == null) {
            sink.success();
          } else {
            sink.error(failure);
          }
        };
    var _ = producer().send(record, acknowledged);
  }

  @Override
  public void close() {
    sending.dispose(); // and with it who waits for Kafka and keeps the lock
    closeProducer();
  }

  private synchronized void closeProducer() {
    if (producer != null) {
      producer.close(PATIENCE);
    }
  }

  private synchronized Producer<byte[], byte[]> producer() {
    if (producer == null) {
      createTopic();
      producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  private void createTopic() {
    try (Admin admin = Admin.create(settings)) {
      Map<String, TopicDescription> found =
          admin.describeTopics(List.of(Topics.EVENTS)).allTopicNames().get();
      TopicDescription events = Objects.requireNonNull(found.get(Topics.EVENTS));
      admin.createTopics(List.of(topic(events))).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaException("no topic for traces", e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  /** One partition, so that all reads have one order, and as many copies as the events have. */
  static NewTopic topic(TopicDescription events) {
    int copies = events.partitions().getFirst().replicas().size();
    return new NewTopic(Topics.AUDIT_READS, 1, (short) copies).configs(Topics.keptForEver(copies));
  }

  private ProducerRecord<byte[], byte[]> record(ReadTrace trace) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.AUDIT_READS, trace.by().getBytes(UTF_8), json.writeValueAsBytes(trace));
    header(record, CloudEvents.SPEC_VERSION, CloudEvents.SPEC_VERSION_VALUE);
    header(record, CloudEvents.ID, trace.id());
    header(record, CloudEvents.SOURCE, SOURCE);
    header(record, CloudEvents.TYPE, TYPE);
    header(record, CloudEvents.SUBJECT, trace.by());
    header(record, CloudEvents.TIME, trace.at().toString());
    header(record, CloudEvents.CONTENT_TYPE, CloudEvents.CONTENT_TYPE_VALUE);
    return record;
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(UTF_8));
  }
}
