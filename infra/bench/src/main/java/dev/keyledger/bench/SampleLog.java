package dev.keyledger.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Topics;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.LogEntry;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.NoteSigner;
import dev.keyledger.tlog.SignedNote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.json.JsonMapper;

/** A long log of many accounts on a broker, as command-side would have published it. */
final class SampleLog {
  private static final int PARTITIONS = 12;
  private static final int EVENTS_PER_ACCOUNT = 50;
  private static final int EVENTS_PER_CHECKPOINT = 500;
  private static final int KEY_BYTES = 32;
  private static final Instant FIRST = Instant.parse("2026-11-22T09:30:00Z");
  private static final Duration BETWEEN = Duration.ofMillis(3);

  private final JsonMapper json = JsonMapper.builder().build();
  private final CompactRange tree = new CompactRange();
  private final NoteSigner signer;

  private SampleLog() throws MalformedException {
    signer = NoteSigner.of("bench.example/log", new byte[KEY_BYTES]);
  }

  /** Writes one, and returns the key that its checkpoints are to be verified with. */
  static String write(String bootstrapServers, int events) throws Exception {
    // One request at a time, as the relay does it, so that a new partition gets all in order.
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "linger.ms",
            20,
            "batch.size",
            1 << 17,
            "max.in.flight.requests.per.connection",
            1);
    try (Admin admin = Admin.create(settings)) {
      var _ =
          admin
              .createTopics(
                  List.of(
                      new NewTopic(Topics.EVENTS, PARTITIONS, (short) 1),
                      new NewTopic(Topics.CHECKPOINTS, 1, (short) 1)))
              .all()
              .get();
    }
    SampleLog log = new SampleLog();
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      log.write(producer, events);
    }
    return log.signer.verifierKey().toString();
  }

  private void write(KafkaProducer<byte[], byte[]> producer, int events) throws Exception {
    Random random = new Random(20261126);
    List<SampleAccount> accounts = new ArrayList<>();
    for (int i = 0; i < Math.max(1, events / EVENTS_PER_ACCOUNT); i++) {
      String id = new UUID(random.nextLong(), random.nextLong()).toString();
      accounts.add(new SampleAccount(id, random));
    }
    for (int index = 0; index < events; index++) {
      SampleAccount account = accounts.get(random.nextInt(accounts.size()));
      KeyRingEvent event = account.next(FIRST.plus(BETWEEN.multipliedBy(index)));
      var _ = producer.send(record(event, account.position(), index));
      if (tree.size() % EVENTS_PER_CHECKPOINT == 0 || tree.size() == events) {
        var _ = producer.send(checkpoint());
      }
    }
  }

  private ProducerRecord<byte[], byte[]> record(KeyRingEvent event, long position, long index)
      throws MalformedException {
    byte[] key = event.accountId().getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topics.EVENTS, key, json.writeValueAsBytes(event));
    Headers headers = record.headers();
    headers.add(CloudEvents.SPEC_VERSION, CloudEvents.SPEC_VERSION_VALUE.getBytes(UTF_8));
    headers.add(CloudEvents.ID, (event.accountId() + ":" + position).getBytes(UTF_8));
    headers.add(CloudEvents.SOURCE, CloudEvents.SOURCE_VALUE.getBytes(UTF_8));
    headers.add(CloudEvents.TYPE, EventTypes.nameOf(event.getClass()).getBytes(UTF_8));
    headers.add(CloudEvents.SUBJECT, key);
    headers.add(CloudEvents.TIME, event.occurredAt().toString().getBytes(UTF_8));
    headers.add(CloudEvents.DATA_SCHEMA, EventTypes.schemaUri(event.getClass()).getBytes(UTF_8));
    headers.add(CloudEvents.POSITION, Long.toString(position).getBytes(UTF_8));
    headers.add(CloudEvents.CONTENT_TYPE, CloudEvents.CONTENT_TYPE_VALUE.getBytes(UTF_8));
    LogEntry.Builder entry = LogEntry.builder();
    for (Header header : headers) {
      entry.header(header.key(), header.value());
    }
    tree.append(entry.build(key, record.value()).leafHash());
    headers.add(CloudEvents.LOG_INDEX, Long.toString(index).getBytes(US_ASCII));
    return record;
  }

  private ProducerRecord<byte[], byte[]> checkpoint() {
    String origin = signer.verifierKey().name();
    Checkpoint checkpoint = new Checkpoint(origin, tree.size(), tree.root());
    byte[] note = SignedNote.sign(checkpoint.text(), signer).bytes();
    return new ProducerRecord<>(Topics.CHECKPOINTS, origin.getBytes(UTF_8), note);
  }
}
