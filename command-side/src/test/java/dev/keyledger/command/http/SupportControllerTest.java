package dev.keyledger.command.http;

import dev.keyledger.http.problem.ProblemType;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class SupportControllerTest extends CommandHttpTest {
  private static final String PATH = "/v1/support/two-factor-resets";
  private static final String ERASURES = "/v1/support/erasures";
  private static final String ACCOUNT = "lost-phone";

  @SuppressWarnings("NullAway.Init")
  private WebTestClient supporter;

  @BeforeEach
  void takeACall() {
    supporter = client("support-12", null, "keys:support");
  }

  @Test
  void resetsTheFactorAndDisablesTheKeys() {
    TestCaller owner = caller(ACCOUNT).withTwoFactor();
    String key = owner.createKey("TradingBot1");
    ResponseSpec answer = reset(Map.of("accountId", ACCOUNT, "reason", "Lost phone"));
    expectPosition(answer, 7);
    answer
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.accountId")
        .isEqualTo(ACCOUNT)
        .jsonPath("$.disabled[0]")
        .isEqualTo(key)
        .jsonPath("$.length()")
        .isEqualTo(2);
    expectProblem(
        reset(Map.of("accountId", ACCOUNT, "reason", "Again")), ProblemType.NO_ENROLMENT, 7);
    owner.withTwoFactor();
    owner
        .verify(owner.challengeIn(owner.post("/v1/keys/" + key + "/enable")))
        .expectStatus()
        .isOk();
  }

  @Test
  void wantsAReason() {
    expectProblem(
        reset(Map.of("accountId", "no-reason", "reason", "  ")), ProblemType.INVALID_REASON, 0);
    expectProblem(
        reset(Map.of("accountId", "no-reason", "reason", "Wrote from alice@example.com")),
        ProblemType.INVALID_REASON,
        0);
    expectProblem(reset(Map.of("accountId", "no-reason")), ProblemType.MALFORMED_REQUEST, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\u0000b", "a\nb"})
  void wantsAnAccount(String accountId) {
    expectProblem(
        reset(Map.of("accountId", accountId, "reason", "Lost phone")),
        ProblemType.MALFORMED_REQUEST,
        0);
    expectProblem(
        reset(Map.of("accountId", "x".repeat(256), "reason", "Lost phone")),
        ProblemType.MALFORMED_REQUEST,
        0);
  }

  @Test
  void isForTheSupportOnlyAndTheSupportForNothingElse() {
    expectProblem(
        alice.post(PATH, Map.of("accountId", "somebody", "reason", "Lost phone")),
        ProblemType.INSUFFICIENT_SCOPE,
        0);
    supporter.delete().uri("/v1/keys").exchange().expectStatus().isForbidden();
    stranger().post().uri(PATH).exchange().expectStatus().isUnauthorized();
  }

  @Test
  void erasesAPersonAndSaysNoMoreThanThat() {
    TestCaller owner = caller("leaves").withTwoFactor();
    String key = owner.createKey("TradingBot1");
    String challenge = owner.askForKey("TradingBot2");

    expectErased("leaves", 8);
    expectErased("leaves", 8);

    expectProblem(owner.verify(challenge), ProblemType.CHALLENGE_CLOSED, 8);
    owner.post("/v1/keys/" + key + "/disable").expectStatus().isOk();
  }

  @Test
  void anAccountThatNeverWasIsAnsweredAlike() {
    expectErased("never-was", 0);
    expectErased("never was|either:é", 0);
    expectErased("provider/never-was", 0);
  }

  @Test
  void whoComesBackIsErasedAnew() {
    TestCaller owner = caller("comes-back").withTwoFactor();
    expectErased("comes-back", 3);

    owner.askForKey("TradingBot1");

    expectErased("comes-back", 6);
  }

  @Test
  void erasesUsableAccountsOnly() {
    expectProblem(erase(" "), ProblemType.MALFORMED_REQUEST, 0);
    expectProblem(erase("x".repeat(256)), ProblemType.MALFORMED_REQUEST, 0);
    erase("a\u0000b").expectStatus().isBadRequest();
    erase("a\nb").expectStatus().isBadRequest();
  }

  @Test
  void nobodyElseErasesAnybody() {
    expectProblem(
        alice.delete("/v1/support/accounts/somebody/person"), ProblemType.INSUFFICIENT_SCOPE, 0);
    stranger()
        .delete()
        .uri("/v1/support/accounts/somebody/person")
        .exchange()
        .expectStatus()
        .isUnauthorized();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no//path", "100%", "a;b", "a\\b", "a/../b", "./a", "é|:", "plain"})
  void erasesByTheBodyWhomNoPathCanName(String accountId) {
    TestCaller owner = caller(accountId, "somebody@example.com").withTwoFactor();
    String challenge = owner.askForKey("TradingBot1");

    for (int time = 0; time < 2; time++) {
      ResponseSpec answer = eraseByBody(Map.of("accountId", accountId));
      expectPosition(answer, 5);
      answer.expectStatus().isNoContent().expectBody().isEmpty();
    }

    expectProblem(owner.verify(challenge), ProblemType.CHALLENGE_CLOSED, 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\u0000b", "a\nb"})
  void erasesUsableAccountsOnlyByTheBodyToo(String accountId) {
    expectProblem(eraseByBody(Map.of("accountId", accountId)), ProblemType.MALFORMED_REQUEST, 0);
    expectProblem(eraseByBody(Map.of()), ProblemType.MALFORMED_REQUEST, 0);
    expectProblem(
        eraseByBody(Map.of("accountId", "never-was", "reason", "None")),
        ProblemType.MALFORMED_REQUEST,
        0);
  }

  @Test
  void nobodyElseErasesAnybodyByTheBody() {
    expectProblem(
        alice.post(ERASURES, Map.of("accountId", "somebody")), ProblemType.INSUFFICIENT_SCOPE, 0);
    stranger().post().uri(ERASURES).exchange().expectStatus().isUnauthorized();
  }

  private ResponseSpec eraseByBody(Object body) {
    return post(ERASURES, body);
  }

  private ResponseSpec erase(String accountId) {
    return supporter.delete().uri("/v1/support/accounts/{id}/person", accountId).exchange();
  }

  private void expectErased(String accountId, long position) {
    ResponseSpec answer = erase(accountId);
    expectPosition(answer, position);
    answer.expectStatus().isNoContent().expectBody().isEmpty();
  }

  private ResponseSpec reset(Object body) {
    return post(PATH, body);
  }

  private ResponseSpec post(String path, Object body) {
    return supporter
        .post()
        .uri(path)
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body)
        .exchange();
  }
}
