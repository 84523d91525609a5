package dev.keyledger.query.stream;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.permissionsEdited;
import static dev.keyledger.query.TestTopic.header;
import static dev.keyledger.query.TestTopic.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.query.Events;
import dev.keyledger.query.TestTopic;
import dev.keyledger.query.stream.Decoded.Future;
import dev.keyledger.query.stream.Decoded.Known;
import dev.keyledger.query.stream.Decoded.Place;
import dev.keyledger.query.stream.Decoded.Poison;
import dev.keyledger.query.views.SetAside.Reason;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the projection takes for an event, and what it doesn't. */
class EventDecoderTest {
  private static final KeyRingEvent CREATED = keyCreated("alice", "k1", NOON.plusSeconds(9));

  private static final byte[] NO_TEXT = {(byte) 0xC3, 0x28};

  private final EventDecoder decoder = new EventDecoder();

  @Test
  void readsWhatTheRelaySends() {
    assertThat(decode(record(CREATED))).isEqualTo(new Known("alice", 3, CREATED));
    KeyRingEvent edited = permissionsEdited("alice", "k1", NOON, "203.0.113.7");
    assertThat(decode(record(edited))).isEqualTo(new Known("alice", 3, edited));
  }

  @Test
  void passesOverFieldsOfLaterVersions() {
    assertThat(decode(json(json -> json.replaceFirst("\\{", "{\"later\":{\"a\":[1]},"))))
        .isEqualTo(new Known("alice", 3, CREATED));
  }

  @Test
  void takesAParameterOfTheContentType() {
    assertThat(
            decode(
                header(
                    record(CREATED), CloudEvents.CONTENT_TYPE, "application/json; charset=UTF-8")))
        .isInstanceOf(Known.class);
  }

  @Test
  void takesAnOperationOfALaterVersionSinceNoViewShowsIt() {
    String json =
        """
        {"accountId":"alice","occurredAt":"2026-11-22T12:00:00Z","challengeId":"c",
         "operation":{"type":"rotate-key","grace":"PT1H"},"factors":["email"],"issue":1,
         "rootKeyId":"r","attemptsLeft":5,"expiresAt":"2026-11-22T12:10:00Z",
         "resendAfter":"2026-11-22T12:01:00Z"}\
        """;
    var record = value(record(CREATED), json.getBytes(UTF_8));
    header(record, CloudEvents.TYPE, "dev.keyledger.ChallengeOpened.v1");

    assertThat(decode(record))
        .isInstanceOfSatisfying(
            Known.class, known -> assertThat(known.event()).isInstanceOf(ChallengeOpened.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev.keyledger.KeyLent.v1", "dev.keyledger.KeyCreated.v2"})
  void tellsTypesOfTheFuture(String type) {
    var record = value(record(CREATED), "{\"anything\":1}".getBytes(UTF_8));

    assertThat(decode(header(record, CloudEvents.TYPE, type))).isEqualTo(new Future(type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CloudEvents.SPEC_VERSION,
        CloudEvents.SOURCE,
        CloudEvents.TYPE,
        CloudEvents.CONTENT_TYPE,
        CloudEvents.ID
      })
  void refusesAMissingHeaderButKnowsThePlace(String name) {
    var record = record(CREATED);
    record.headers().remove(name);

    assertPoison(record, Reason.HEADERS, new Place("alice", 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {CloudEvents.SUBJECT, CloudEvents.POSITION})
  void refusesARecordWithoutAPlace(String name) {
    var record = record(CREATED);
    record.headers().remove(name);

    assertPoison(record, Reason.HEADERS, Place.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "ce_specversion, 0.3, HEADERS",
    "ce_source, /elsewhere, HEADERS",
    "ce_type, com.example.KeyCreated.v1, HEADERS",
    "content-type, text/plain, HEADERS",
    "ce_position, three, HEADERS",
    "ce_position, 0, HEADERS",
    "ce_position, -3, HEADERS",
    "ce_position, 99999999999999999999, HEADERS",
    "ce_id, alice:4, MISMATCH",
    "ce_id, bob:3, MISMATCH",
    "ce_id, alice:, MISMATCH",
    "ce_id, alice3, MISMATCH",
    "ce_id, alice:03, MISMATCH",
    "ce_id, alice:13, MISMATCH",
    "ce_id, xalice:3, MISMATCH",
    "ce_id, lice:3, MISMATCH",
    "ce_id, :3, MISMATCH",
    "ce_id, 3, MISMATCH",
    "content-type, application/jsonx, HEADERS",
    "ce_subject, bob, MISMATCH"
  })
  void refusesAWrongHeader(String name, String value, Reason reason) {
    assertThat(decode(header(record(CREATED), name, value)))
        .isInstanceOfSatisfying(
            Poison.class, poison -> assertThat(poison.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CloudEvents.ID,
        CloudEvents.SPEC_VERSION,
        CloudEvents.SOURCE,
        CloudEvents.TYPE,
        CloudEvents.CONTENT_TYPE
      })
  void refusesTextThatIsNotUtf8(String name) {
    assertPoison(with(name, NO_TEXT), Reason.HEADERS, new Place("alice", 3));
    assertPoison(with(name, new byte[0]), Reason.HEADERS, new Place("alice", 3));
    assertPoison(with(name, null), Reason.HEADERS, new Place("alice", 3));
  }

  @Test
  void refusesAParameterThatIsNotUtf8() {
    byte[] parameter = "application/json; x=?".getBytes(UTF_8);
    parameter[parameter.length - 1] = (byte) 0xFF;

    assertPoison(with(CloudEvents.CONTENT_TYPE, parameter), Reason.HEADERS, new Place("alice", 3));
  }

  @Test
  void refusesAnAccountThatIsNotUtf8() {
    var record = with(CloudEvents.SUBJECT, NO_TEXT);
    var consumed = new ConsumerRecord<>("t", 0, 0, NO_TEXT, record.value());
    record.headers().forEach(consumed.headers()::add);

    assertThat(decoder.decode(consumed))
        .isInstanceOfSatisfying(
            Poison.class,
            poison -> {
              assertThat(poison.reason()).isEqualTo(Reason.HEADERS);
              assertThat(poison.place()).isEqualTo(Place.NONE);
            });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 9, 10, 11, 100, 1_009, Long.MAX_VALUE})
  void readsAnyPosition(long position) {
    assertThat(decode(TestTopic.record("t", CREATED, position)))
        .isEqualTo(new Known("alice", position, CREATED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+3", "003"})
  void readsAPositionInOtherDigits(String position) {
    assertThat(decode(header(record(CREATED), CloudEvents.POSITION, position)))
        .isEqualTo(new Known("alice", 3, CREATED));
  }

  @Test
  void takesAContentTypeInUpperCase() {
    assertThat(decode(header(record(CREATED), CloudEvents.CONTENT_TYPE, "Application/JSON")))
        .isInstanceOf(Known.class);
  }

  @Test
  void takesAReplacementCharacterThatWasSent() {
    KeyRingEvent event = keyCreated("al\uFFFDce", "k1", NOON);

    assertThat(decode(record(event))).isEqualTo(new Known("al\uFFFDce", 3, event));
  }

  @Test
  void refusesARecordWithoutKeyOrValue() {
    var record = record(CREATED);
    var keyless = new ProducerRecord<>("t", null, (String) null, record.value(), record.headers());

    assertPoison(keyless, Reason.MISMATCH, Place.NONE);
    assertPoison(
        new ProducerRecord<>("t", null, "alice", null, record.headers()),
        Reason.VALUE,
        new Place("alice", 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "7", "{} {}", "\u0000"})
  void refusesWhatIsNotTheJsonOfAnEvent(String json) {
    assertPoison(value(record(CREATED), json.getBytes(UTF_8)), Reason.VALUE, new Place("alice", 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"label\":\"Bot k1\"       | \"label\":7",
        "\"label\":\"Bot k1\"       | \"label\":null",
        "\"label\":\"Bot k1\"       | \"other\":null",
        "\"label\":\"Bot k1\"       | \"label\":{}",
        "\"permissions\":[\"read\"] | \"permissions\":\"read\"",
        "\"permissions\":[\"read\"] | \"permissions\":[null]",
        "\"permissions\":[\"read\"] | \"permissions\":[1]",
        "\"trustedIps\":[]          | \"trustedIps\":null",
        "2026-11-22T12:00:09.123456Z | soon",
        "\"2026-11-22T12:00:09.123456Z\" | 1763812809",
      })
  void refusesAWrongType(String good, String bad) {
    var record = json(json -> json.replace(good.strip(), bad.strip()));
    assertThat(record.value()).isNotEqualTo(record(CREATED).value());

    assertPoison(record, Reason.VALUE, new Place("alice", 3));
  }

  @Test
  void refusesRightsThatAreNotWhole() {
    KeyRingEvent edited = permissionsEdited("alice", "k1", NOON, "203.0.113.7");
    String json = new String(record(edited).value(), UTF_8);

    for (String bad :
        new String[] {
          json.replace("\"trustedIps\":[\"203.0.113.7\"]", "\"x\":1"),
          json.replace("\"after\":", "\"x\":"),
          json.replace("\"203.0.113.7\"", "null")
        }) {
      assertThat(bad).isNotEqualTo(json);
      assertPoison(value(record(edited), bad.getBytes(UTF_8)), Reason.VALUE, new Place("alice", 3));
    }
  }

  @Test
  void refusesAValueAboutAnotherAccount() {
    assertPoison(
        value(record(CREATED), record(keyCreated("bob", "k1")).value()),
        Reason.MISMATCH,
        new Place("alice", 3));
  }

  @Test
  void saysWhatIsWrongWithoutQuotingTheValue() {
    Decoded decoded = decode(json(json -> json.replace("Bot k1\"", "Bot k1 hunter2\" x")));

    assertThat(decoded)
        .isInstanceOfSatisfying(
            Poison.class, poison -> assertThat(poison.detail()).doesNotContain("hunter2"));
  }

  @Test
  void keepsInstantsExact() {
    Instant exact = Instant.parse("2027-01-01T00:00:00.000000001Z");

    assertThat(decode(record(keyCreated("alice", "k1", exact))))
        .isEqualTo(new Known("alice", 3, Events.keyCreated("alice", "k1", exact)));
  }

  private void assertPoison(ProducerRecord<String, byte[]> record, Reason reason, Place place) {
    assertThat(decode(record))
        .isInstanceOfSatisfying(
            Poison.class,
            poison -> {
              assertThat(poison.reason()).isEqualTo(reason);
              assertThat(poison.place()).isEqualTo(place);
            });
  }

  private static ProducerRecord<String, byte[]> with(String name, byte @Nullable [] value) {
    ProducerRecord<String, byte[]> record = record(CREATED);
    record.headers().remove(name).add(name, value);
    return record;
  }

  private Decoded decode(ProducerRecord<String, byte[]> record) {
    return decoder.decode(Consumed.of(record, 0, 0));
  }

  private static ProducerRecord<String, byte[]> json(UnaryOperator<String> change) {
    ProducerRecord<String, byte[]> record = record(CREATED);
    return value(record, change.apply(new String(record.value(), UTF_8)).getBytes(UTF_8));
  }

  private static ProducerRecord<String, byte[]> record(KeyRingEvent event) {
    return TestTopic.record("t", event, 3);
  }
}
