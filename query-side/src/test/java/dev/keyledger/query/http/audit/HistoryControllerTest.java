package dev.keyledger.query.http.audit;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.keyDisabled;
import static dev.keyledger.query.Events.permissionsEdited;
import static dev.keyledger.query.Events.twoFactorEnabled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.audit.LoggedEvent;
import dev.keyledger.query.audit.ReadTrace;
import dev.keyledger.query.audit.TestLog;
import dev.keyledger.replay.EventReader;
import dev.keyledger.replay.KeyRings;
import dev.keyledger.tlog.Hash;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was, and who approved it. */
class HistoryControllerTest extends AuditTest {
  private static final String ALICE = "/v1/audit/accounts/alice/state";
  private static final String HASH = "/v1/audit/state-hash";

  @Test
  void showsWhatAKeyCouldDoSinceWhenAndWhoApprovedIt() {
    given();

    audit(ALICE + "?publicApiKey=k1")
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Cache-Control", "no-store")
        .expectBody()
        .json(
            """
            {"accountId": "alice", "asOf": "2026-11-22T12:00:00.123456Z",
             "position": 5, "logIndex": 5, "rejectionsInARow": 0,
             "twoFactor": {"state": "enabled"},
             "keys": [
              {"publicApiKey": "k1", "state": "active", "permissions": ["read", "trade"],
               "couldDo": ["read", "trade"], "trustedIps": ["203.0.113.7"],
               "created": {"type": "dev.keyledger.KeyCreated.v1", "logIndex": 2},
               "since": {"type": "dev.keyledger.PermissionsEdited.v1", "logIndex": 5, "position": 5,
                         "challengeId": "challenge-2",
                         "approval": {"challengeId": "challenge-2", "factors": ["email", "totp"],
                                      "logIndex": 4}}}]}
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                             | 5 | k1,k2",
        "?at=position:2                 | 2 | k1",
        "?at=position:5                 | 5 | k1,k2",
        "?at=logindex:0                    | 1 | ''",
        "?at=logindex:1                    | 1 | ''",
        "?at=logindex:3                    | 3 | k1,k2",
        "?at=logindex:6                    | 5 | k1,k2",
        "?at=2026-11-22T12:00:00.123456Z | 4 | k1,k2",
        "?at=2026-11-22T12:00:05.123456Z | 5 | k1,k2",
        "?at=2026-11-22T11:59:59Z       | 0 | ''",
      })
  void isAsItWasThen(String at, int position, String keys) {
    given();

    audit(ALICE + at)
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.position")
        .isEqualTo(position)
        .jsonPath("$.keys[*].publicApiKey")
        .value(
            Object.class,
            found ->
                assertThat(found).isEqualTo(keys.isEmpty() ? List.of() : List.of(keys.split(","))));
  }

  @Test
  void anAccountMayHaveASlash() {
    log.add(keyCreated("provider/alice", "k1"));
    store.take(log);

    audit("/v1/audit/accounts/provider%2Falice/state")
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.accountId")
        .isEqualTo("provider/alice")
        .jsonPath("$.position")
        .isEqualTo(1);
  }

  @Test
  void showsThatAKeyDidNotWork() {
    log.add(keyCreated("alice", "k1", NOON.plusSeconds(60)));
    log.add(keyCreated("alice", "k2"));
    log.add(keyDisabled("alice", "k2", NOON.plusSeconds(9)));
    log.add(keyDeleted("bob", "k9"));
    store.take(log);

    audit(ALICE + "?at=2026-11-22T13:00:00Z")
        .expectBody()
        .json(
            """
            {"keys": [
              {"publicApiKey": "k1", "state": "expired", "permissions": ["read"], "couldDo": []},
              {"publicApiKey": "k2", "state": "disabled", "couldDo": [],
               "disabled": {"reason": "by-owner", "logIndex": 2}}]}
            """);
    problem(audit(ALICE + "?publicApiKey=k9"), ProblemType.UNKNOWN_KEY);
    problem(audit(ALICE + "?publicApiKey=k2&at=position:1"), ProblemType.UNKNOWN_KEY);
  }

  @Test
  void anAccountThatNeverDidAnythingWasAlwaysEmpty() {
    audit("/v1/audit/accounts/nobody/state")
        .expectStatus()
        .isOk()
        .expectBody()
        .json("{\"position\": 0, \"logIndex\": -1, \"keys\": []}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ALICE + "?at=noon",
        ALICE + "?at=position:0",
        ALICE + "?at=position:-1",
        ALICE + "?at=logindex:",
        ALICE + "?at=17",
        ALICE + "?when=now",
        HASH + "?at=-2",
        HASH + "?at=",
        HASH + "?at=logindex:",
        HASH + "?at=logindex:-1",
        HASH + "?at=position:3",
        HASH + "?at=2026-11-22T12:00:00Z",
        HASH + "?x=1"
      })
  void refusesWhatItWouldMisunderstand(String path) {
    given();

    problem(audit(path), ProblemType.MALFORMED_REQUEST);
    assertThat(traces.of(auditor)).extracting(ReadTrace::status).containsExactly(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {ALICE + "?at=position:6", ALICE + "?at=logindex:7", HASH + "?at=7"})
  void doesNotGuessWhatWillBe(String path) {
    given();

    problem(
        audit(path).expectHeader().valueEquals("Retry-After", "1"), ProblemType.NOT_YET_VISIBLE);
  }

  @Test
  void theStateHashIsThatOfAReplay() throws Exception {
    given();
    KeyRings replayed = new KeyRings();
    expectHash(-1, replayed.stateHash());

    for (LoggedEvent event : log.events()) {
      replayed.apply(new EventReader().read(event.index(), event.entry()));
      expectHash(event.index(), replayed.stateHash());
      expectHash("logindex:" + event.index(), event.index(), replayed.stateHash());
    }
    audit(HASH).expectBody().jsonPath("$.logIndex").isEqualTo(6);
  }

  @Test
  void saysThatAnEventIsNotKnownToThisVersion() {
    log.add(twoFactorEnabled("bob"));
    store.take(log);
    store.append(List.of(TestLog.logged(1, keyCreated("alice", "k1"), 2))).block();
    store.grow(1, 2).block();

    problem(audit(ALICE), ProblemType.VIEW_INCOMPLETE);
    problem(audit(HASH), ProblemType.VIEW_INCOMPLETE);
    audit("/v1/audit/accounts/bob/state").expectStatus().isOk();
    audit(HASH + "?at=0").expectStatus().isOk();
  }

  @ParameterizedTest
  @ValueSource(strings = {ALICE, HASH})
  void isForAuditorsAndTraced(String path) {
    given();

    problem(open(path), ProblemType.UNAUTHENTICATED);
    problem(ask(account, path, null, "keys:manage"), ProblemType.INSUFFICIENT_SCOPE);
    audit(path).expectStatus().isOk();
    assertThat(traces.of(auditor)).extracting(ReadTrace::path).containsExactly(path);
    traces.down(true);
    problem(audit(path), ProblemType.UNAVAILABLE);
    traces.down(false);
    store.down(true);
    problem(audit(path), ProblemType.UNAVAILABLE);
  }

  private void expectHash(long at, Hash expected) {
    expectHash(Long.toString(at), at, expected);
  }

  private void expectHash(String asked, long at, Hash expected) {
    audit(HASH + "?at=" + asked)
        .expectStatus()
        .isOk()
        .expectBody()
        .json("{\"logIndex\": %d, \"stateHash\": \"%s\"}".formatted(at, expected));
  }

  private void given() {
    log.add(twoFactorEnabled("alice"));
    log.add(twoFactorEnabled("bob"));
    log.add(keyCreated("alice", "k1"));
    log.add(keyCreated("alice", "k2"));
    log.add(new CodeVerified("alice", NOON, "challenge-2", List.of("email", "totp"), 59_000_001L));
    log.add(permissionsEdited("alice", "k1", NOON.plusSeconds(5), "203.0.113.7"));
    log.add(keyCreated("bob", "k3"));
    store.take(log);
  }
}
