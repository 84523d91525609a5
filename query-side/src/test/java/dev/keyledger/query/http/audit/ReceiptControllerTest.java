package dev.keyledger.query.http.audit;

import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.twoFactorEnabled;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.audit.ReadTrace;
import dev.keyledger.query.audit.SignedCheckpoint;
import dev.keyledger.query.audit.TestLog;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.LogProof;
import dev.keyledger.tlog.Proofs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Proofs that accounts can keep. */
class ReceiptControllerTest extends AuditTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void provesThatAnEventOfTheCallerIsInTheLog() throws Exception {
    given();

    JsonNode receipt = JSON.readTree(bytes(own(2, null)));

    Checkpoint checkpoint =
        Checkpoint.open(
            receipt.get("checkpoint").asString().getBytes(UTF_8), TestLog.SIGNER.verifierKey());
    List<Hash> proof = new ArrayList<>();
    for (JsonNode hash : receipt.get("inclusionProof")) {
      proof.add(Hash.parse(hash.asString()));
    }
    byte[] entry = Base64.getDecoder().decode(receipt.get("entry").asString());
    assertThat(receipt.get("logIndex").longValue()).isEqualTo(2);
    assertThat(entry).isEqualTo(log.events().get(2).entry().bytes());
    assertThat(receipt.get("leafHash").asString()).isEqualTo(Hash.ofLeaf(entry).toString());
    assertThat(
            Proofs.verifyInclusion(
                Hash.ofLeaf(entry), 2, checkpoint.size(), proof, checkpoint.root()))
        .isTrue();
    assertThat(traces.of(account)).isEmpty();
  }

  @Test
  void isOneFileAsText() throws Exception {
    given();

    byte[] text =
        bytes(
            own(2, MediaType.TEXT_PLAIN)
                .expectHeader()
                .valueEquals("Content-Type", "text/plain;charset=UTF-8"));

    assertThat(
            LogProof.parse(new String(text, UTF_8))
                .verify(log.events().get(2).entry().leafHash(), TestLog.SIGNER.verifierKey())
                .size())
        .isEqualTo(3);
    own(2, MediaType.ALL).expectHeader().contentType(MediaType.APPLICATION_JSON);
    own(2, MediaType.TEXT_HTML).expectStatus().isEqualTo(406);
  }

  @Test
  void waitsForACheckpointThatIsOnItsWay() {
    given();
    store.clear();
    store.append(log.events()).block();
    store.grow(0, 3).block();
    store.save(new SignedCheckpoint(2, log.checkpoint(2))).block();

    own(1, null).expectStatus().isOk();
    problem(
        own(2, null).expectHeader().valueEquals("Retry-After", "1"), ProblemType.NOT_YET_VISIBLE);
    problem(own(3, null), ProblemType.NOT_YET_VISIBLE);

    Mono.delay(Duration.ofMillis(100))
        .then(store.save(new SignedCheckpoint(3, log.checkpoint(3))))
        .subscribe();
    own(2, null).expectStatus().isOk();
  }

  @Test
  void othersDoNotExist() {
    given();

    for (String path : List.of("/bob/1", "/bob/9", "/nobody/1", "/bob/x")) {
      problem(
          ask(account, "/v1/audit/receipts" + path, null, "keys:manage"), ProblemType.NOT_FOUND);
    }
  }

  @Test
  void anAuditorGetsAnybodysAndLeavesATrace() {
    given();

    audit("/v1/audit/receipts/bob/1").expectStatus().isOk();
    audit("/v1/audit/receipts/" + account + "/1").expectStatus().isOk();
    problem(audit("/v1/audit/receipts/bob/x"), ProblemType.MALFORMED_REQUEST);

    assertThat(traces.of(auditor)).extracting(ReadTrace::status).containsExactly(200, 200, 400);
    traces.down(true);
    problem(audit("/v1/audit/receipts/bob/1"), ProblemType.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "01", "+1", "9223372036854775808"})
  void aPositionIsANumber(String position) {
    problem(
        ask(account, "/v1/audit/receipts/" + account + "/" + position, null, "keys:manage"),
        ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void wantsATokenWithOneOfTwoScopes() {
    given();
    String path = "/v1/audit/receipts/" + account + "/1";

    problem(open(path), ProblemType.UNAUTHENTICATED);
    problem(ask(account, path, null, "keys:verify"), ProblemType.INSUFFICIENT_SCOPE);
    ask(account, path, null, "keys:manage", "audit:read").expectStatus().isOk();
    assertThat(traces.of(account)).isEmpty();
  }

  @Test
  void saysThatTheStoreDoesNotAnswer() {
    given();
    store.down(true);

    problem(own(1, null), ProblemType.UNAVAILABLE);
  }

  private void given() {
    log.add(twoFactorEnabled(account));
    log.add(twoFactorEnabled("bob"));
    log.add(keyCreated(account, "k1"));
    store.take(log);
  }

  private ResponseSpec own(long position, @Nullable MediaType accept) {
    return ask(account, "/v1/audit/receipts/" + account + "/" + position, accept, "keys:manage");
  }
}
