package dev.keyledger.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.problem.ProblemType;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class ChallengesControllerTest extends CommandHttpTest {

  @Test
  void makesAKeyAndShowsItsSecretOnce() {
    String challenge = alice.withTwoFactor().askForKey("TradingBot1");
    ResponseSpec answer = alice.verify(challenge);
    expectPosition(answer, 5);
    answer.expectHeader().value(HttpHeaders.CACHE_CONTROL, c -> assertThat(c).contains("no-store"));
    answer
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.key.publicApiKey")
        .value(String.class, key -> assertThat(key).matches("kl_pub_[0-9A-Za-z]{28}"))
        .jsonPath("$.key.label")
        .isEqualTo("TradingBot1")
        .jsonPath("$.key.algorithm")
        .isEqualTo("ed25519")
        .jsonPath("$.key.verificationKey")
        .isNotEmpty()
        .jsonPath("$.key.permissions")
        .isEqualTo(List.of("read"))
        .jsonPath("$.key.ipAccess")
        .isEqualTo("unrestricted")
        .jsonPath("$.key.trustedIps")
        .isEmpty()
        .jsonPath("$.key.warnings")
        .isEqualTo(List.of("unrestricted-ip"))
        .jsonPath("$.key.state")
        .isEqualTo("active")
        .jsonPath("$.key.createdAt")
        .isEqualTo(clock.instant().toString())
        .jsonPath("$.key.expiresAt")
        .doesNotExist()
        .jsonPath("$.secret.algorithm")
        .isEqualTo("ed25519")
        .jsonPath("$.secret.value")
        .value(String.class, pem -> assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----"));
    expectProblem(alice.verify(challenge), ProblemType.CHALLENGE_CLOSED, 5);
  }

  @Test
  void makesAnHmacKey() {
    alice.withTwoFactor();
    String challenge =
        alice.challengeIn(
            alice.post("/v1/keys", Map.of("label", "Bot1", "algorithm", "hmac-sha256")));
    alice
        .verify(challenge)
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.key.verificationKey")
        .doesNotExist()
        .jsonPath("$.secret.value")
        .value(String.class, secret -> assertThat(secret).matches("kl_sec_[0-9A-Za-z]{49}"));
  }

  @Test
  void makesNoSecretForAKeyThatTheCallerBrings() {
    String own =
        Base64.getEncoder()
            .encodeToString(
                new Ed25519PrivateKeyParameters(new byte[32]).generatePublicKey().getEncoded());
    alice.withTwoFactor();
    String challenge =
        alice.challengeIn(alice.post("/v1/keys", Map.of("label", "Bot1", "verificationKey", own)));
    alice
        .verify(challenge)
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.key.verificationKey")
        .isEqualTo(own)
        .jsonPath("$.secret")
        .doesNotExist();
  }

  @Test
  void replacesPermissions() {
    String key = alice.withTwoFactor().createKey("TradingBot1");
    String challenge =
        alice.challengeIn(
            alice.put(
                "/v1/keys/" + key + "/permissions",
                Map.of("permissions", List.of("trade"), "trustedIps", List.of("203.0.113.7"))));
    ResponseSpec answer = alice.verify(challenge);
    expectPosition(answer, 8);
    answer
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.key.publicApiKey")
        .isEqualTo(key)
        .jsonPath("$.key.permissions")
        .isEqualTo(List.of("read", "trade"))
        .jsonPath("$.key.ipAccess")
        .isEqualTo("trusted")
        .jsonPath("$.key.warnings")
        .isEmpty()
        .jsonPath("$.length()")
        .isEqualTo(1);
  }

  @Test
  void deletesKeys() {
    String first = alice.withTwoFactor().createKey("TradingBot1");
    String second = alice.createKey("TradingBot2");
    String third = alice.createKey("TradingBot3");
    alice
        .verify(alice.challengeIn(alice.delete("/v1/keys/" + second)))
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .isEqualTo("{\"deleted\":[\"" + second + "\"]}");
    alice
        .verify(alice.challengeIn(alice.delete("/v1/keys")))
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .isEqualTo("{\"deleted\":[\"" + first + "\",\"" + third + "\"]}");
  }

  @Test
  void countsWrongCodesAndTellsNothingOfWhichWasWrong() {
    String challenge = alice.withTwoFactor().askForKey("TradingBot1");
    String wrong = alice.wrongEmailCode(challenge);
    String right = alice.emailCode(challenge, 1);
    String first =
        detail(alice.verify(challenge, wrong, alice.nextTotp()), ProblemType.WRONG_CODE, 4);
    String second = detail(alice.verify(challenge, right, "000"), ProblemType.WRONG_CODE, 3);
    assertThat(first.replace("4", "3")).isEqualTo(second.replace("4", "3"));
  }

  private static String detail(ResponseSpec answer, ProblemType type, int attemptsLeft) {
    byte[] body =
        answer
            .expectStatus()
            .isEqualTo(type.status())
            .expectBody()
            .jsonPath("$.code")
            .isEqualTo(type.code())
            .jsonPath("$.attemptsLeft")
            .isEqualTo(attemptsLeft)
            .returnResult()
            .getResponseBodyContent();
    assertThat(body).isNotNull();
    return new String(body, java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void wearsOutAndLocks() {
    alice.withTwoFactor();
    for (int round = 0; round < 2; round++) {
      String challenge = alice.askForKey("TradingBot1");
      String wrong = alice.wrongEmailCode(challenge);
      for (int left = 4; left >= 0; left--) {
        detail(alice.verify(challenge, wrong, "000000"), ProblemType.WRONG_CODE, left);
      }
      if (round == 0) {
        expectProblem(alice.verify(challenge), ProblemType.CHALLENGE_CLOSED, 9);
      }
      clock.advance(TestCaller.COOLDOWN);
    }
    String challenge = alice.askForKey("TradingBot1");
    ResponseSpec answer = alice.verify(challenge, "00000000", "000000");
    answer.expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, 14 * 60);
    answer.expectStatus().isEqualTo(ProblemType.ACCOUNT_LOCKED.status());
  }

  @Test
  void expires() {
    String challenge = alice.withTwoFactor().askForKey("TradingBot1");
    clock.advance(Duration.ofMinutes(10));
    expectProblem(alice.verify(challenge), ProblemType.CHALLENGE_EXPIRED, 3);
    expectProblem(
        alice.post("/v1/challenges/" + challenge + "/code"), ProblemType.CHALLENGE_EXPIRED, 3);
    expectProblem(alice.delete("/v1/challenges/" + challenge), ProblemType.CHALLENGE_EXPIRED, 3);
  }

  @Test
  void sendsAnotherCode() {
    String challenge = alice.withTwoFactor().askForKey("TradingBot1");
    String path = "/v1/challenges/" + challenge + "/code";
    clock.advance(Duration.ofMillis(18_500));
    ResponseSpec tooSoon = alice.post(path);
    tooSoon.expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, 42);
    expectProblem(tooSoon, ProblemType.CODE_COOLDOWN, 3);
    clock.advance(TestCaller.COOLDOWN);
    ResponseSpec answer = alice.post(path);
    expectPosition(answer, 4);
    answer
        .expectStatus()
        .isAccepted()
        .expectBody()
        .jsonPath("$.challengeId")
        .isEqualTo(challenge)
        .jsonPath("$.sentTo")
        .isEqualTo("a…@example.com");
    detail(
        alice.verify(challenge, alice.emailCode(challenge, 1), alice.nextTotp()),
        ProblemType.WRONG_CODE,
        4);
    alice
        .verify(challenge, alice.emailCode(challenge, 2), alice.nextTotp())
        .expectStatus()
        .isCreated();
  }

  @Test
  void isCancelled() {
    String challenge = alice.withTwoFactor().askForKey("TradingBot1");
    ResponseSpec answer = alice.delete("/v1/challenges/" + challenge);
    expectPosition(answer, 4);
    answer.expectStatus().isNoContent().expectBody().isEmpty();
    expectProblem(alice.delete("/v1/challenges/" + challenge), ProblemType.CHALLENGE_CLOSED, 4);
    expectProblem(
        alice.post("/v1/challenges/" + challenge + "/code"), ProblemType.CHALLENGE_CLOSED, 4);
  }

  @Test
  void isUnknownToOthers() {
    String challenge = alice.withTwoFactor().askForKey("TradingBot1");
    TestCaller mallory = newCaller().withTwoFactor();
    expectProblem(mallory.verify(challenge), ProblemType.UNKNOWN_CHALLENGE, 2);
    expectProblem(mallory.delete("/v1/challenges/" + challenge), ProblemType.UNKNOWN_CHALLENGE, 2);
    expectProblem(mallory.post("/v1/challenges/x/code"), ProblemType.UNKNOWN_CHALLENGE, 2);
  }

  @Test
  void wantsAllCodes() {
    String challenge = alice.withTwoFactor().askForKey("TradingBot1");
    String path = "/v1/challenges/" + challenge + "/verification";
    expectProblem(alice.post(path, Map.of("emailCode", "12345678")), ProblemType.TOTP_REQUIRED, 3);
    expectProblem(alice.post(path, Map.of("totp", "123456")), ProblemType.MALFORMED_REQUEST, 3);
    expectProblem(
        alice.post(path, Map.of("emailCode", 12345678)), ProblemType.MALFORMED_REQUEST, 3);
  }

  @Test
  void needsAnAddressForAnotherCode() {
    expectProblem(
        withoutEmail("nameless-challenges").post("/v1/challenges/x/code"),
        ProblemType.EMAIL_MISSING,
        0);
  }
}
