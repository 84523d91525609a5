package dev.keyledger.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class KeyLifeControllerTest extends CommandHttpTest {
  private static final String UNKNOWN = "/v1/keys/kl_pub_0000000000000000000000000000";

  @Test
  void disablesAtOnceAndAgain() {
    String path = "/v1/keys/" + alice.withTwoFactor().createKey("TradingBot1") + "/disable";
    for (int time = 0; time < 2; time++) {
      ResponseSpec answer = alice.post(path);
      expectPosition(answer, 6);
      answer
          .expectStatus()
          .isOk()
          .expectBody()
          .jsonPath("$.key.label")
          .isEqualTo("TradingBot1")
          .jsonPath("$.key.state")
          .isEqualTo("disabled")
          .jsonPath("$.length()")
          .isEqualTo(1);
    }
  }

  @Test
  void disablesWithoutAnAddressOrASecondFactor() {
    expectProblem(
        withoutEmail("nameless-life").post(UNKNOWN + "/disable"), ProblemType.UNKNOWN_KEY, 0);
  }

  @Test
  void enablesWithCodes() {
    String path = "/v1/keys/" + alice.withTwoFactor().createKey("TradingBot1");
    expectProblem(alice.post(path + "/enable"), ProblemType.KEY_NOT_DISABLED, 5);
    alice.post(path + "/disable");
    ResponseSpec answer = alice.post(path + "/enable");
    expectPosition(answer, 7);
    ResponseSpec enabled = alice.verify(alice.challengeIn(answer));
    expectPosition(enabled, 9);
    enabled.expectStatus().isOk().expectBody().jsonPath("$.key.state").isEqualTo("active");
  }

  @Test
  void replacesAKey() {
    String old = alice.withTwoFactor().createKey("TradingBot1");
    ResponseSpec waits = alice.post("/v1/keys/" + old + "/rotation", Map.of("grace", "PT2H"));
    expectPosition(waits, 6);
    ResponseSpec answer = alice.verify(alice.challengeIn(waits));
    expectPosition(answer, 8);
    answer
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.key.label")
        .isEqualTo("TradingBot1")
        .jsonPath("$.key.state")
        .isEqualTo("active")
        .jsonPath("$.key.publicApiKey")
        .value(String.class, key -> assertThat(key).startsWith("kl_pub_").isNotEqualTo(old))
        .jsonPath("$.secret.algorithm")
        .isEqualTo("ed25519")
        .jsonPath("$.secret.value")
        .value(String.class, pem -> assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----"))
        .jsonPath("$.retiring.publicApiKey")
        .isEqualTo(old)
        .jsonPath("$.retiring.retiresAt")
        .isEqualTo(clock.instant().plus(Duration.ofHours(2)).toString());
    expectProblem(alice.post("/v1/keys/" + old + "/rotation"), ProblemType.KEY_RETIRING, 8);
    expectProblem(alice.post("/v1/keys/" + old + "/enable"), ProblemType.KEY_RETIRING, 8);
    expectProblem(
        alice.put("/v1/keys/" + old + "/permissions", Map.of()), ProblemType.KEY_RETIRING, 8);
    alice
        .post("/v1/keys/" + old + "/disable")
        .expectBody()
        .jsonPath("$.key.retiresAt")
        .isNotEmpty()
        .jsonPath("$.key.state")
        .isEqualTo("disabled");
  }

  @Test
  void replacesAnHmacKeyWithoutABody() {
    alice.withTwoFactor();
    String old =
        alice.keyIn(
            alice.verify(
                alice.challengeIn(
                    alice.post("/v1/keys", Map.of("label", "Bot1", "algorithm", "hmac-sha256")))));
    alice
        .verify(alice.challengeIn(alice.post("/v1/keys/" + old + "/rotation")))
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.secret.value")
        .value(String.class, secret -> assertThat(secret).matches("kl_sec_[0-9A-Za-z]{49}"))
        .jsonPath("$.retiring.retiresAt")
        .isEqualTo(clock.instant().plus(Duration.ofHours(1)).toString());
  }

  @Test
  void refusesWhatARotationCannotBe() {
    String path = "/v1/keys/" + alice.withTwoFactor().createKey("TradingBot1") + "/rotation";
    expectProblem(alice.post(path, Map.of("grace", "P8D")), ProblemType.INVALID_GRACE, 5);
    expectProblem(
        alice.post(path, Map.of("verificationKey", "AAAA")),
        ProblemType.INVALID_VERIFICATION_KEY,
        5);
    expectProblem(alice.post(path, Map.of("grace", 60)), ProblemType.MALFORMED_REQUEST, 5);
    expectProblem(alice.post(path, List.of()), ProblemType.MALFORMED_REQUEST, 5);
  }

  @Test
  void knowsWhenAKeyHasExpired() {
    alice.withTwoFactor();
    String end = clock.instant().plusSeconds(120).toString();
    String key =
        alice.keyIn(
            alice.verify(
                alice.challengeIn(
                    alice.post("/v1/keys", Map.of("label", "Bot1", "expiresAt", end)))));
    clock.advance(Duration.ofMinutes(2));
    expectProblem(alice.post("/v1/keys/" + key + "/rotation"), ProblemType.KEY_EXPIRED, 5);
    expectProblem(alice.post("/v1/keys/" + key + "/enable"), ProblemType.KEY_EXPIRED, 5);
    alice
        .post("/v1/keys/" + key + "/disable")
        .expectBody()
        .jsonPath("$.key.state")
        .isEqualTo("expired");
  }

  @Test
  void closesAChallengeThatCameTooLate() {
    alice.withTwoFactor();
    String end = clock.instant().plusSeconds(30).toString();
    String challenge =
        alice.challengeIn(alice.post("/v1/keys", Map.of("label", "Bot1", "expiresAt", end)));
    expectProblem(alice.verify(challenge), ProblemType.INVALID_EXPIRY, 4);
    expectProblem(alice.verify(challenge), ProblemType.CHALLENGE_CLOSED, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/enable", "/rotation"})
  void asksForCodesOnlyWhereThereCanBeAny(String step) {
    expectProblem(alice.post(UNKNOWN + step), ProblemType.TWO_FACTOR_REQUIRED, 0);
    expectProblem(
        withoutEmail("nameless" + step.replace('/', '-')).post(UNKNOWN + step),
        ProblemType.EMAIL_MISSING,
        0);
    alice.withTwoFactor();
    expectProblem(alice.post(UNKNOWN + step), ProblemType.UNKNOWN_KEY, 2);
  }

  @Test
  void knowsOnlyTheCallersKeys() {
    String key = alice.withTwoFactor().createKey("TradingBot1");
    TestCaller mallory = newCaller().withTwoFactor();
    for (String step : List.of("/disable", "/enable", "/rotation")) {
      expectProblem(mallory.post("/v1/keys/" + key + step), ProblemType.UNKNOWN_KEY, 2);
    }
  }
}
