package dev.keyledger.query;

import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Topics;
import dev.keyledger.query.audit.LoggedEvent;
import dev.keyledger.query.audit.TestLog;
import dev.keyledger.testkit.TestPlatform;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.ForeignVerifier;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.LogProof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log through the whole service: records and checkpoints in on Kafka, proofs out over HTTP. */
class AuditIT {
  private static final TestPlatform PLATFORM = TestPlatform.get();
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>> EVENTS =
      new ParameterizedTypeReference<>() {};

  /** The one log of this broker, which all tests add to. */
  private static final TestLog LOG = new TestLog();

  private static final Map<String, String> SETTINGS =
      Map.of(
          "keyledger.log.verifier-key",
          TestLog.SIGNER.verifierKey().toString(),
          "spring.mongodb.uri",
          PLATFORM.freshMongoDatabase());

  private static TestTopic events;
  private static TestTopic checkpoints;
  private static RunningQuerySide service;

  private final String auditor = PLATFORM.freshName("auditor");
  private final String account = PLATFORM.freshName("acct");

  @BeforeAll
  static void start() throws Exception {
    events = TestTopic.create(PLATFORM.bootstrapServers(), Topics.EVENTS, 4);
    checkpoints = TestTopic.create(PLATFORM.bootstrapServers(), Topics.CHECKPOINTS, 1);
    service = RunningQuerySide.start(SETTINGS);
  }

  @AfterAll
  static void stop() {
    service.close();
    events.close();
    checkpoints.close();
  }

  @Test
  void servesWhatTheLogSigned() throws Exception {
    List<KeyRingEvent> many = new ArrayList<>();
    for (int n = 0; n < 300; n++) {
      many.add(keyCreated(account + "-" + n % 9, "k" + n));
    }
    publish(many);
    String note = checkpoint();

    assertThat(Checkpoint.open(note.getBytes(UTF_8), TestLog.SIGNER.verifierKey()).root())
        .isEqualTo(LOG.root(LOG.size()));
    LoggedEvent some = LOG.events().get((int) LOG.size() - 7);
    byte[] proof =
        service
            .ask(
                some.account(),
                "keys:manage",
                "/v1/audit/receipts/" + some.account() + "/" + some.position())
            .accept(MediaType.TEXT_PLAIN)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseBody();
    LogProof.parse(new String(Objects.requireNonNull(proof), UTF_8))
        .verify(some.entry().leafHash(), TestLog.SIGNER.verifierKey());
    service
        .ask(auditor, "audit:read", "/v1/audit/events?account=" + account + "-0&limit=1000")
        .exchange()
        .expectBody()
        .jsonPath("$.items.length()")
        .isEqualTo(many.size() / 9 + 1)
        .jsonPath("$.logSize")
        .isEqualTo(LOG.size());
    assertThat(service.page("/actuator/prometheus"))
        .contains("keyledger_log_size " + LOG.size() + ".0", "keyledger_log_alarms");
    assertThat(service.page("/actuator/health/readiness")).contains("\"checkpointSize\":");
  }

  @Test
  void verifiersThatNobodyHereWroteAgree() throws Exception {
    assumeThat(ForeignVerifier.isAvailable()).as("node, and packages from npm").isTrue();
    publish(List.of(keyCreated(account, "k1"), keyDeleted(account, "k1")));
    String note = checkpoint();
    long size = LOG.size();

    List<Map<String, Object>> checks = new ArrayList<>();
    for (long index : new long[] {0, size / 2, size - 1}) {
      LoggedEvent event = LOG.events().get((int) index);
      Map<String, Object> check = check(note);
      check.put("index", index);
      check.put("entry", Base64.getEncoder().encodeToString(event.entry().bytes()));
      check.put("inclusion", hashes("/v1/audit/log/proof?index=" + index));
      checks.add(check);
    }
    Map<String, Object> growth = check(note);
    growth.put("smaller", LOG.checkpoint(size - 1));
    growth.put("consistency", hashes("/v1/audit/log/proof?from=" + (size - 1)));
    checks.add(growth);

    assertThat(ForeignVerifier.check(checks)).containsExactly(true, true, true, true);
    growth.put("consistency", List.of(LOG.root(1).toString()));
    assertThat(ForeignVerifier.check(List.of(growth))).containsExactly(false);
  }

  @Test
  void eachReadIsAnEventOfItsOwn() throws Exception {
    service.ask(auditor, "audit:read", "/v1/audit/events?limit=1").exchange().expectStatus().isOk();

    ConsumerRecord<String, String> trace = trace(auditor);
    assertThat(trace.key()).isEqualTo(auditor);
    assertThat(new String(trace.headers().lastHeader("ce_type").value(), UTF_8))
        .isEqualTo("dev.keyledger.AuditRead.v1");
    JsonNode value = JSON.readTree(trace.value());
    assertThat(value.get("by").asString()).isEqualTo(auditor);
    assertThat(value.get("path").asString()).isEqualTo("/v1/audit/events");
    assertThat(value.get("query").asString()).isEqualTo("limit=1");
    assertThat(value.get("status").intValue()).isEqualTo(200);
  }

  @Test
  void aStreamGoesOnOverARestart() throws Exception {
    long first = LOG.size();
    publish(List.of(keyCreated(account, "k1"), keyCreated(account, "k2")));

    List<String> ids = new ArrayList<>(ids("/v1/audit/stream?after=" + (first - 1), 2));
    service.close();
    publish(List.of(keyCreated(account, "k3"), keyCreated(account, "k4")));
    service = RunningQuerySide.start(SETTINGS);
    ids.addAll(ids("/v1/audit/stream?after=" + ids.getLast(), 2));

    assertThat(ids)
        .containsExactlyElementsOf(
            LongStream.range(first, first + 4).mapToObj(Long::toString).toList());
    assertThat(checkpoint()).isEqualTo(LOG.checkpoint(LOG.size()));
  }

  @Test
  void saysThatACheckpointIsWrongAndServesItNot() throws Exception {
    publish(List.of(keyCreated(account, "k1")));
    String before = checkpoint();
    publish(List.of(keyCreated(account, "k2")));
    send(TestLog.checkpoint(LOG.size(), Hash.ofLeaf(new byte[] {1}), TestLog.SIGNER));

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(service.page("/actuator/prometheus")).contains("keyledger_log_alarms 1.0"));
    assertThat(service.page("/actuator/health/readiness")).contains("\"alarms\":1");
    assertThat(service.page("/v1/audit/log/checkpoint")).isEqualTo(before);
    assertThat(checkpoint()).isEqualTo(LOG.checkpoint(LOG.size()));
  }

  /** Sends each event twice, as after a crash. */
  private static void publish(List<KeyRingEvent> added) throws Exception {
    for (KeyRingEvent event : added) {
      LoggedEvent logged = LOG.add(event);
      events.send(TestLog.record(logged.index(), event, logged.position()));
      events.send(TestLog.record(logged.index(), event, logged.position()));
    }
  }

  /** Sends the checkpoint of all that there is, and waits until it is served. */
  private static String checkpoint() throws Exception {
    String note = LOG.checkpoint(LOG.size());
    send(note);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(service.page("/v1/audit/log/checkpoint")).isEqualTo(note));
    return note;
  }

  private static void send(String note) throws Exception {
    checkpoints.send(
        new ProducerRecord<>(Topics.CHECKPOINTS, TestLog.ORIGIN, note.getBytes(UTF_8)));
  }

  private List<String> ids(String path, int count) {
    return Objects.requireNonNull(
        service
            .ask(auditor, "audit:read", path)
            .accept(MediaType.TEXT_EVENT_STREAM)
            .exchange()
            .expectStatus()
            .isOk()
            .returnResult(EVENTS)
            .getResponseBody()
            .skip(1)
            .take(count)
            .map(event -> String.valueOf(event.id()))
            .collectList()
            .block(SOON));
  }

  private static Map<String, Object> check(String note) {
    return new HashMap<>(
        Map.of("checkpoint", note, "vkey", TestLog.SIGNER.verifierKey().toString()));
  }

  private static List<String> hashes(String path) {
    return StreamSupport.stream(
            JSON.readTree(service.page(path)).get("hashes").spliterator(), false)
        .map(JsonNode::asString)
        .toList();
  }

  private static ConsumerRecord<String, String> trace(String reader) {
    Map<String, Object> settings = Map.of("bootstrap.servers", PLATFORM.bootstrapServers());
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(Topics.AUDIT_READS, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return await()
          .atMost(SOON)
          .until(
              () -> {
                for (ConsumerRecord<String, String> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  if (record.key().equals(reader)) {
                    return Optional.of(record);
                  }
                }
                return Optional.<ConsumerRecord<String, String>>empty();
              },
              Optional::isPresent)
          .orElseThrow();
    }
  }
}
