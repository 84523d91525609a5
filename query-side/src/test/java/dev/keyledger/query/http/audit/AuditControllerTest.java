package dev.keyledger.query.http.audit;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.keyDisabled;
import static dev.keyledger.query.Events.twoFactorEnabled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.audit.ReadTrace;
import dev.keyledger.tlog.EntryBundle;
import dev.keyledger.tlog.Hash;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.json.JsonCompareMode;

/** What auditors get, and what stays of their asking. */
class AuditControllerTest extends AuditTest {
  private static final String EVENTS = "/v1/audit/events";

  @Test
  void listsEventsInTheOrderOfTheLog() {
    log.add(twoFactorEnabled("alice"));
    log.add(keyDisabled("bob", "k1", NOON));
    store.take(log);

    audit(EVENTS)
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Cache-Control", "no-store")
        .expectBody()
        .json(
            """
            {"items": [
              {"logIndex": 0, "accountId": "alice", "position": 1,
               "type": "dev.keyledger.TwoFactorEnabled.v1", "time": "2026-11-22T12:00:00.123456Z",
               "data": {"accountId": "alice", "occurredAt": "2026-11-22T12:00:00.123456Z",
                        "enrolmentId": "enrolment-1", "totpStep": 59000000}},
              {"logIndex": 1, "accountId": "bob", "position": 1,
               "type": "dev.keyledger.KeyDisabled.v1", "time": "2026-11-22T12:00:00.123456Z",
               "data": {"accountId": "bob", "occurredAt": "2026-11-22T12:00:00.123456Z",
                        "publicApiKey": "k1", "label": "Bot k1", "reason": "by-owner"}}],
             "nextAfter": 1, "logSize": 2}
            """,
            JsonCompareMode.STRICT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "account=alice | 0,1,4",
        "type=KeyCreated | 1,2",
        "type=dev.keyledger.KeyCreated.v1 | 1,2",
        "type=Nothing | none",
        "publicApiKey=k1 | 1,4",
        "from=2026-11-22T12:00:05Z | 3",
        "from=2026-11-22T13:00:05%2B01:00 | 3",
        "to=2026-11-22T12:00:05Z | 0,1,2,4",
        "account=alice&after=0 | 1,4",
        "account=bob&type=KeyDisabled&publicApiKey=k2&after=2&limit=1000 | 3",
        "after=4 | none",
        "after=-1 | 0,1,2,3,4",
      })
  void listsWhatIsAskedFor(String query, @Nullable String indexes) {
    given();

    List<Integer> expected =
        indexes == null
            ? List.of()
            : Arrays.stream(indexes.split(",")).map(Integer::valueOf).toList();
    audit(EVENTS + "?" + query)
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.items[*].logIndex")
        .value(Object.class, found -> assertThat(found).isEqualTo(expected))
        .jsonPath("$.nextAfter")
        .isEqualTo(4)
        .jsonPath("$.logSize")
        .isEqualTo(5);
  }

  @Test
  void goesOnWhereAPageEnds() {
    given();

    audit(EVENTS + "?account=alice&limit=2")
        .expectBody()
        .jsonPath("$.items[*].logIndex")
        .value(Object.class, found -> assertThat(found).isEqualTo(List.of(0, 1)))
        .jsonPath("$.nextAfter")
        .isEqualTo(1);
    audit(EVENTS + "?account=alice&limit=2&after=1")
        .expectBody()
        .jsonPath("$.items[*].logIndex")
        .value(Object.class, found -> assertThat(found).isEqualTo(List.of(4)))
        .jsonPath("$.nextAfter")
        .isEqualTo(4);
  }

  @Test
  void listsNothingBeyondAGap() {
    given();
    store.clear();
    store.append(log.events().subList(0, 2)).block();
    store.append(log.events().subList(3, 5)).block();
    store.grow(0, 2).block();

    audit(EVENTS)
        .expectBody()
        .jsonPath("$.items[*].logIndex")
        .value(Object.class, found -> assertThat(found).isEqualTo(List.of(0, 1)))
        .jsonPath("$.logSize")
        .isEqualTo(2);
  }

  @Test
  void anEmptyLogHasAPageToo() {
    audit(EVENTS)
        .expectStatus()
        .isOk()
        .expectBody()
        .json("{\"items\": [], \"nextAfter\": -1, \"logSize\": 0}", JsonCompareMode.STRICT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acount=alice",
        "account=alice&account=bob",
        "account=",
        "account=%00",
        "from=noon",
        "from=2026-11-22",
        "after=-2",
        "after=x",
        "limit=0",
        "limit=1001",
        "limit=1.5"
      })
  void refusesWhatItWouldMisunderstand(String query) {
    given();

    problem(audit(EVENTS + "?" + query), ProblemType.MALFORMED_REQUEST);
    assertThat(traces.of(auditor))
        .singleElement()
        .satisfies(trace -> {
          assertThat(trace.status()).isEqualTo(400);
          assertThat(trace.count()).isZero();
        });
  }

  @Test
  void showsEntries() throws Exception {
    given();

    byte[] bundle =
        bytes(
            audit("/v1/audit/log/tile/entries/000.p/5")
                .expectHeader()
                .valueEquals("Cache-Control", "no-store"));

    assertThat(EntryBundle.decode(bundle).stream().map(Hash::ofLeaf).toList())
        .isEqualTo(log.events().stream().map(event -> event.entry().leafHash()).toList());
    for (String path : List.of("000.p/6", "000", "x", "")) {
      problem(audit("/v1/audit/log/tile/entries/" + path), ProblemType.NOT_FOUND);
    }
    assertThat(traces.of(auditor)).extracting(ReadTrace::count).containsExactly(5L, 0L, 0L, 0L, 0L);
  }

  @Test
  void eachReadLeavesATrace() {
    given();

    audit(EVENTS + "?account=alice&limit=2").expectStatus().isOk();

    assertThat(traces.of(auditor))
        .singleElement()
        .satisfies(trace -> {
          assertThat(trace.at()).isEqualTo(NOON);
          assertThat(trace.method()).isEqualTo("GET");
          assertThat(trace.path()).isEqualTo("/v1/audit/events");
          assertThat(trace.query()).isEqualTo("account=alice&limit=2");
          assertThat(trace.from()).isEqualTo("127.0.0.1");
          assertThat(trace.outcome()).isEqualTo("answered");
          assertThat(trace.status()).isEqualTo(200);
          assertThat(trace.count()).isEqualTo(2);
        });
  }

  @Test
  void noAnswerWithoutATrace() {
    given();
    traces.down(true);

    for (String path : List.of(EVENTS, EVENTS + "?x=1", "/v1/audit/log/tile/entries/000.p/5")) {
      problem(audit(path).expectHeader().valueEquals("Retry-After", "2"), ProblemType.UNAVAILABLE);
    }
  }

  @Test
  void saysThatTheStoreDoesNotAnswer() {
    given();
    store.down(true);

    problem(audit(EVENTS), ProblemType.UNAVAILABLE);
    assertThat(traces.of(auditor)).extracting(ReadTrace::status).containsExactly(503);
  }

  @ParameterizedTest
  @ValueSource(strings = {EVENTS, "/v1/audit/log/tile/entries/000.p/1"})
  void isForAuditorsOnly(String path) {
    given();

    problem(open(path), ProblemType.UNAUTHENTICATED);
    problem(ask(account, path, null, "keys:manage"), ProblemType.INSUFFICIENT_SCOPE);
    assertThat(traces.of(account)).isEmpty();
    problem(ask(auditor, "/v1/audit/nothing", null, AUDIT), ProblemType.NOT_FOUND);
  }

  private void given() {
    log.add(twoFactorEnabled("alice"));
    log.add(keyCreated("alice", "k1"));
    log.add(keyCreated("bob", "k2"));
    log.add(keyDisabled("bob", "k2", NOON.plusSeconds(5)));
    log.add(keyDeleted("alice", "k1"));
    store.take(log);
  }
}
