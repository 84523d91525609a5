package dev.keyledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.Topics;
import dev.keyledger.local.Folder;
import dev.keyledger.local.LocalKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool against a running broker, a new one for each test: deleted topics come back slowly. */
class BrokerIT {
  private static final int EVENTS = 300;
  private static final int PARTITIONS = 4;

  private final TestLog log = TestLog.of(EVENTS);
  private final LocalKafka kafka;
  private final KafkaProducer<byte[], byte[]> producer;

  @TempDir Path folder;

  BrokerIT(@TempDir Path data) throws Exception {
    kafka = LocalKafka.start(data.resolve("kafka"), 0);
    // One request at a time, as the relay does it: a broker to which a partition is new may refuse
    // the
    // first batch, take the second one, and find the first one out of order for ever after.
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "max.in.flight.requests.per.connection",
            1);
    try (Admin admin = Admin.create(settings)) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(Topics.EVENTS, PARTITIONS, (short) 1),
                  new NewTopic(Topics.CHECKPOINTS, 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    producer.close();
    kafka.close();
  }

  @Test
  void aSoundLogIsSound() throws Exception {
    publish(log.records());
    publish(log.records().subList(100, 140)); // a relay that was killed sends some again
    send(log.records().get(0), null).get(10, TimeUnit.SECONDS); // from before there was a log
    publishCheckpoints();

    Run run = run("verify");

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("SOUND: the 300 events from index 0 to 299 are those that the log signed.")
        .contains("30 checkpoints compared")
        .contains("40 records came again, with the same bytes.");
    assertThat(run.status()).isZero();
  }

  @Test
  void anExportOfTheBrokerIsSoundAndReplaysToTheSame() throws Exception {
    publish(log.records());
    publishCheckpoints();
    for (String format : List.of("jsonl", "csv", "parquet")) {
      Path export = folder.resolve(format);
      assertThat(run("export", "--format", format, export.toString()).out())
          .startsWith("Exported 300 events, index 0 to 299, into " + export);

      Run verified =
          Run.of("verify", "--export", export.toString(), "--verifier-key", log.verifierKey());
      assertThat(verified.out()).startsWith("SOUND: the 300 events");
      assertThat(Run.of("replay", "--export", export.toString()).out())
          .isEqualTo(run("replay").out())
          .startsWith(
              "Replayed 300 events, up to index 299: 3 accounts with 99 keys.\nState hash: ");
      Folder.delete(export);
    }
  }

  @Test
  void anInterruptedExportGoesOn() throws Exception {
    publish(log.records().subList(0, 200));
    publishCheckpoints();
    publish(log.records().subList(250, 300));
    Path export = folder.resolve("interrupted");

    // 250 to 299 wait for 200, and so the run ends early.
    Run first = run("export", export.toString());
    assertThat(first.status()).isEqualTo(Status.TAMPERED);
    assertThat(first.out()).contains("index 200 is missing").endsWith("First bad index: 200\n");

    publish(log.records().subList(200, 250));
    Run second = run("export", export.toString());
    assertThat(second.out()).startsWith("Exported 300 events");
    Run verified =
        Run.of("verify", "--export", export.toString(), "--verifier-key", log.verifierKey());
    assertThat(verified.status()).isZero();
    Folder.delete(export);
  }

  @Test
  void aDroppedEventIsFound() throws Exception {
    List<LogRecord> records = new ArrayList<>(log.records());
    records.remove(123);
    publish(records);
    publishCheckpoints();

    assertTampered("index 123 is missing, and a checkpoint of 300 is signed", 123);
  }

  @Test
  void aTruncatedLogIsFound() throws Exception {
    publish(log.records().subList(0, 290));
    publishCheckpoints();

    assertTampered("index 290 is missing", 290);
  }

  @Test
  void aKeptCheckpointTellsOfATruncationTheTopicHides() throws Exception {
    publish(log.records().subList(0, 290));
    log.checkpoints().removeLast();
    publishCheckpoints();
    Path kept = folder.resolve("kept");
    Files.write(kept, TestLog.checkpoint(log.records(), TestLog.signer(1)));

    assertThat(run("verify").status()).isZero();
    Run run = run("verify", "--checkpoint", kept.toString());
    assertThat(run.status()).isEqualTo(Status.TAMPERED);
    assertThat(run.out()).contains("First bad index: 290");
  }

  @Test
  void twoEventsOfOneIndexAreFound() throws Exception {
    publish(log.records());
    publish(List.of(new LogRecord(17, log.records().get(18).entry())));
    publishCheckpoints();

    assertTampered("index 17 is there twice, with different bytes", 17);
  }

  @Test
  void swappedEventsAreFound() throws Exception {
    List<LogRecord> records = new ArrayList<>(log.records());
    records.set(120, new LogRecord(120, log.records().get(121).entry()));
    records.set(121, new LogRecord(121, log.records().get(120).entry()));
    publish(records);
    publishCheckpoints();

    // Of different accounts, so that only the tree tells.
    assertTampered("the events from index 120 to 129, one or more of them,", 120);
  }

  @Test
  void anEventNobodyLoggedIsNoPartOfTheLog() throws Exception {
    publish(log.records());
    publish(List.of(new LogRecord(5_000_000_000L, log.records().get(18).entry())));
    publishCheckpoints();

    assertThat(run("verify").status()).isZero();
  }

  @Test
  void aForkIsFound() throws Exception {
    publish(log.records());
    List<LogRecord> other = new ArrayList<>(log.records());
    other.set(299, new LogRecord(299, log.records().get(298).entry()));
    log.checkpoints().add(TestLog.checkpoint(other, TestLog.signer(1)));
    publishCheckpoints();

    assertTampered("the log signed two different trees of size 300", 299);
  }

  @Test
  void anUnsignedCheckpointIsFound() throws Exception {
    publish(log.records());
    log.checkpoints().add(TestLog.checkpoint(log.records(), TestLog.signer(2)));
    publishCheckpoints();

    Run run = run("verify");
    assertThat(run.status()).isEqualTo(Status.TAMPERED);
    assertThat(run.out()).contains("1 checkpoints beside them are not signed with the given key");
  }

  @Test
  void whatCannotBeCheckedIsNeitherSoundNorTampered() throws Exception {
    assertUnchecked(run("verify"), "there is no checkpoint");
    publish(log.records());
    publishCheckpoints();
    String broker = kafka.bootstrapServers();
    assertUnchecked(Run.of("verify", "--broker", broker), "--verifier-key is needed");
    assertUnchecked(
        Run.of("verify", "--broker", broker, "--verifier-key", "nonsense"),
        "--verifier-key: not a verifier key");
    String stranger = TestLog.signer(2).verifierKey().toString();
    assertUnchecked(
        Run.of("verify", "--broker", broker, "--verifier-key", stranger),
        "none of the 30 checkpoints is signed with the given key");
    assertThat(Run.of("verify").status()).isEqualTo(Status.UNCHECKED);
  }

  @Test
  void aStateIsShownAsItWas() throws Exception {
    publish(log.records());
    publishCheckpoints();

    Run run = run("state", "--account", "acct-1", "--at", "position:3");

    assertThat(run.out())
        .isEqualTo(
            """
            Account acct-1 at 2026-11-22T12:00:02Z, after position 3 (log index 7)
              second factor: disabled
              key key-1 "Bot 1", hmac-sha256: disabled
                could do: nothing, from 203.0.113.7
                created since 2026-11-22T12:00:01Z (KeyCreated, index 4), approved with ch-0 by email and totp (index 1)
                disabled since 2026-11-22T12:00:02Z (KeyDisabled, index 7): by-owner
            """);
    assertThat(run("state", "--account", "acct-1", "--at", "logindex:6").out())
        .contains("could do: read, trade, from 203.0.113.7");
    assertThat(run("state", "--account", "nobody").out())
        .isEqualTo("Account nobody: nothing had happened to it.\n");
    assertThat(
            run(
                    "state",
                    "--json",
                    "--account",
                    "acct-1",
                    "--at",
                    "2026-11-22T12:00:01.5Z",
                    "--public-api-key",
                    "key-1")
                .out())
        .contains("\"state\":\"active\",\"can\":[\"read\",\"trade\"],\"sinceIndex\":4,")
        .contains("\"at\":\"2026-11-22T12:00:01.500Z\"");
  }

  @Test
  void aReplayEndsWhereItIsTold() throws Exception {
    publish(log.records());
    publishCheckpoints();

    assertThat(run("replay", "--until", "logindex:99").out()).startsWith("Replayed 100 events");
    assertThat(run("replay", "--until", "2026-11-22T12:00:01Z").out())
        .startsWith("Replayed 6 events");
    assertUnchecked(run("replay", "--until", "logindex:300"), "the log ends at index 299");
    assertUnchecked(
        run("replay", "--until", "position:3"), "--until is logindex:<n> or an RFC 3339");
  }

  @Test
  void aTailFollowsInLogOrder() throws Exception {
    publish(log.records().subList(0, 290));
    log.checkpoints().removeLast();
    publishCheckpoints();
    Thread later =
        Thread.ofVirtual().start(() -> publishQuietly(log.records().subList(290, 300).reversed()));

    Run run = run("tail", "--count", "10");

    later.join();
    assertThat(run.out().lines().map(line -> line.split(" ", 2)[0]))
        .containsExactly("290", "291", "292", "293", "294", "295", "296", "297", "298", "299");
    assertThat(run.out())
        .startsWith("290 2026-11-22T12:01:36Z acct-2 97 dev.keyledger.CodeVerified.v1\n");
    assertThat(run("tail", "--json", "--from", "3", "--count", "1").out())
        .startsWith("{\"logindex\":3,\"leafhash\":\"");
  }

  private Run run(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "--broker"));
    arguments.add(kafka.bootstrapServers());
    arguments.addAll(List.of("--verifier-key", TestLog.signer(1).verifierKey().toString()));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  private void assertTampered(String why, long firstBadIndex) {
    Run run = run("verify");
    assertThat(run.out())
        .startsWith("TAMPERED: " + why)
        .endsWith("First bad index: " + firstBadIndex + "\n");
    assertThat(run.status()).isEqualTo(Status.TAMPERED);
  }

  private static void assertUnchecked(Run run, String why) {
    assertThat(run.err()).startsWith("Could not check: " + why);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(Status.UNCHECKED);
  }

  private void publishQuietly(List<LogRecord> records) {
    try {
      publish(records);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void publish(List<LogRecord> records) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (LogRecord record : records) {
      sent.add(send(record, Long.toString(record.index())));
    }
    for (Future<RecordMetadata> one : sent) {
      one.get(30, TimeUnit.SECONDS);
    }
  }

  private Future<RecordMetadata> send(LogRecord record, @Nullable String index) {
    ProducerRecord<byte[], byte[]> sent =
        new ProducerRecord<>(Topics.EVENTS, record.entry().key(), record.entry().value());
    for (String name : record.entry().attributeNames()) {
      String header = name.equals("datacontenttype") ? CloudEvents.CONTENT_TYPE : "ce_" + name;
      sent.headers().add(header, record.entry().attribute(name));
    }
    if (index != null) {
      sent.headers().add(CloudEvents.LOG_INDEX, index.getBytes(UTF_8));
    }
    sent.headers().add("traceparent", "00-1-2-3".getBytes(UTF_8));
    return producer.send(sent);
  }

  private void publishCheckpoints() throws Exception {
    for (byte[] note : log.checkpoints()) {
      producer
          .send(new ProducerRecord<>(Topics.CHECKPOINTS, TestLog.ORIGIN.getBytes(UTF_8), note))
          .get(10, TimeUnit.SECONDS);
    }
  }
}
