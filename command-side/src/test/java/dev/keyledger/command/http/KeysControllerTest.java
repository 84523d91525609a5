package dev.keyledger.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class KeysControllerTest extends CommandHttpTest {
  private static final String UNKNOWN = "/v1/keys/kl_pub_0000000000000000000000000000";

  @Test
  void asksForAKey() {
    alice.withTwoFactor();
    ResponseSpec answer =
        alice.post(
            "/v1/keys",
            Map.of(
                "label",
                "TradingBot1",
                "permissions",
                List.of("trade"),
                "trustedIps",
                List.of("2001:DB8:0::/48"),
                "algorithm",
                "hmac-sha256",
                "rateLimit",
                Map.of("perSecond", 5),
                "expiresAt",
                "2030-01-01T00:00:00Z"));
    expectPosition(answer, 3);
    answer
        .expectStatus()
        .isAccepted()
        .expectBody()
        .jsonPath("$.challengeId")
        .isNotEmpty()
        .jsonPath("$.operation.type")
        .isEqualTo("create-key")
        .jsonPath("$.operation.label")
        .isEqualTo("TradingBot1")
        .jsonPath("$.operation.permissions")
        .isEqualTo(List.of("read", "trade"))
        .jsonPath("$.operation.trustedIps[0]")
        .isEqualTo("2001:db8::/48")
        .jsonPath("$.operation.algorithm")
        .isEqualTo("hmac-sha256")
        .jsonPath("$.operation.rateLimit")
        .isEqualTo(Map.of("perSecond", 5, "burst", 5))
        .jsonPath("$.operation.expiresAt")
        .isEqualTo("2030-01-01T00:00:00Z")
        .jsonPath("$.factors")
        .isEqualTo(List.of("email", "totp"))
        .jsonPath("$.sentTo")
        .isEqualTo("a…@example.com")
        .jsonPath("$.expiresAt")
        .isEqualTo(clock.instant().plusSeconds(600).toString())
        .jsonPath("$.resendAfter")
        .isEqualTo(clock.instant().plusSeconds(60).toString())
        .jsonPath("$.attemptsLeft")
        .isEqualTo(5)
        .jsonPath("$.length()")
        .isEqualTo(7);
  }

  @Test
  void wantsASecondFactor() {
    expectProblem(
        alice.post("/v1/keys", Map.of("label", "TradingBot1")), ProblemType.TWO_FACTOR_REQUIRED, 0);
    expectProblem(
        alice.put(UNKNOWN + "/permissions", Map.of()), ProblemType.TWO_FACTOR_REQUIRED, 0);
    expectProblem(alice.delete(UNKNOWN), ProblemType.TWO_FACTOR_REQUIRED, 0);
    expectProblem(alice.delete("/v1/keys"), ProblemType.TWO_FACTOR_REQUIRED, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'label':'tradingbot1'} | invalid-label",
        "{'label':''} | invalid-label",
        "{'label':'Bot1','permissions':['admin']} | invalid-permissions",
        "{'label':'Bot1','trustedIps':['010.0.0.1']} | invalid-ip",
        "{'label':'Bot1','rateLimit':{'perSecond':0}} | invalid-rate-limit",
        "{'label':'Bot1','rateLimit':{'perSecond':10001}} | invalid-rate-limit",
        "{'label':'Bot1','rateLimit':{'perSecond':9999999999}} | invalid-rate-limit",
        "{'label':'Bot1','rateLimit':{'perSecond':5,'burst':100001}} | invalid-rate-limit",
        "{'label':'Bot1','algorithm':'rsa'} | invalid-algorithm",
        "{'label':'Bot1','verificationKey':'AAAA'} | invalid-verification-key",
        "{'label':'Bot1','expiresAt':'2020-01-01T00:00:00Z'} | invalid-expiry",
        "{'label':'Bot1','expiresAt':'tomorrow'} | invalid-expiry"
      })
  void refusesBeforeACodeIsSent(String body, String code) {
    alice.withTwoFactor();
    expectProblem(
        alice.post("/v1/keys", body.replace('\'', '"')), ProblemType.ofCode(code).orElseThrow(), 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"label\":",
        "{}",
        "{\"label\":null}",
        "{\"label\":1}",
        "{\"label\":\"Bot1\",\"admin\":true}",
        "{\"label\":\"Bot1\",\"permissions\":\"read\"}",
        "{\"label\":\"Bot1\",\"permissions\":[null]}",
        "{\"label\":\"Bot1\",\"trustedIps\":[1]}",
        "{\"label\":\"Bot1\",\"expiresAt\":1900000000}",
        "{\"label\":\"Bot1\",\"rateLimit\":5}",
        "{\"label\":\"Bot1\",\"rateLimit\":{}}",
        "{\"label\":\"Bot1\",\"rateLimit\":{\"burst\":5}}",
        "{\"label\":\"Bot1\",\"rateLimit\":{\"perSecond\":null}}",
        "{\"label\":\"Bot1\",\"rateLimit\":{\"perSecond\":1.5}}",
        "{\"label\":\"Bot1\",\"rateLimit\":{\"perSecond\":\"5\"}}",
        "{\"label\":\"Bot1\",\"rateLimit\":{\"perSecond\":5,\"per\":1}}"
      })
  void refusesWhatIsNotOfTheShape(String body) {
    alice.withTwoFactor();
    expectProblem(alice.post("/v1/keys", body), ProblemType.MALFORMED_REQUEST, 2);
  }

  @Test
  void tellsThePositionWithEveryRefusal() {
    alice.withTwoFactor();
    expectProblem(
        alice.post("/v1/keys", Map.of("label", "L".repeat(65_536))), ProblemType.BODY_TOO_LARGE, 2);
    expectProblem(alice.call(HttpMethod.PATCH, "/v1/keys"), ProblemType.METHOD_NOT_ALLOWED, 2);
    expectProblem(alice.post("/v1/nothing"), ProblemType.NOT_FOUND, 2);
  }

  @Test
  void givesAwayNoPositionToStrangers() {
    stranger()
        .post()
        .uri("/v1/keys")
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue("{}")
        .exchange()
        .expectStatus()
        .isUnauthorized()
        .expectHeader()
        .doesNotExist(PositionHeaders.POSITION);
  }

  @Test
  void tellsThePositionAlsoWhereTheScopeIsMissing() {
    expectProblem(
        client("auditor", "auditor@example.com", "audit:read").delete().uri("/v1/keys").exchange(),
        ProblemType.INSUFFICIENT_SCOPE,
        0);
  }

  @Test
  void needsAnAddressForTheCode() {
    TestCaller nameless = withoutEmail("nameless-keys");
    expectProblem(nameless.post("/v1/keys", Map.of("label", "Bot1")), ProblemType.EMAIL_MISSING, 0);
    expectProblem(nameless.put(UNKNOWN + "/permissions", Map.of()), ProblemType.EMAIL_MISSING, 0);
    expectProblem(nameless.delete(UNKNOWN), ProblemType.EMAIL_MISSING, 0);
    expectProblem(nameless.delete("/v1/keys"), ProblemType.EMAIL_MISSING, 0);
  }

  @Test
  void keepsLabelsUnique() {
    alice.withTwoFactor().createKey("TradingBot1");
    expectProblem(
        alice.post("/v1/keys", Map.of("label", "TradingBot1")), ProblemType.LABEL_TAKEN, 5);
  }

  @Test
  void asksForOtherPermissions() {
    String key = alice.withTwoFactor().createKey("TradingBot1");
    String path = "/v1/keys/" + key + "/permissions";
    expectProblem(
        alice.put(path, Map.of("permissions", List.of("all"))), ProblemType.INVALID_PERMISSIONS, 5);
    expectProblem(
        alice.put(path, Map.of("permissions", List.of(), "trustedIps", List.of("10.0.0.1/8"))),
        ProblemType.INVALID_IP,
        5);
    ResponseSpec answer =
        alice.put(
            path, Map.of("permissions", List.of("withdraw"), "trustedIps", List.of("10.0.0.1")));
    expectPosition(answer, 6);
    answer
        .expectStatus()
        .isAccepted()
        .expectBody()
        .jsonPath("$.operation.type")
        .isEqualTo("edit-permissions")
        .jsonPath("$.operation.publicApiKey")
        .isEqualTo(key);
  }

  @Test
  void leavesWhatAnEditDoesNotNameAndRemovesWhatIsNull() {
    alice.withTwoFactor();
    String key =
        alice.keyIn(
            alice.verify(
                alice.challengeIn(
                    alice.post(
                        "/v1/keys",
                        Map.of(
                            "label",
                            "TradingBot1",
                            "rateLimit",
                            Map.of("perSecond", 5, "burst", 9),
                            "expiresAt",
                            "2030-01-01T00:00:00Z")))));
    String path = "/v1/keys/" + key + "/permissions";
    alice
        .verify(alice.challengeIn(alice.put(path, "{}")))
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.key.rateLimit")
        .isEqualTo(Map.of("perSecond", 5, "burst", 9))
        .jsonPath("$.key.expiresAt")
        .isEqualTo("2030-01-01T00:00:00Z");
    alice
        .verify(
            alice.challengeIn(
                alice.put(path, "{\"rateLimit\": {\"perSecond\": 7}, \"expiresAt\": null}")))
        .expectBody()
        .jsonPath("$.key.rateLimit")
        .isEqualTo(Map.of("perSecond", 7, "burst", 7))
        .jsonPath("$.key.expiresAt")
        .doesNotExist();
    alice
        .verify(alice.challengeIn(alice.put(path, "{\"rateLimit\": null}")))
        .expectBody()
        .jsonPath("$.key.rateLimit")
        .doesNotExist();
    expectProblem(alice.put(path, "{\"rateLimit\": []}"), ProblemType.MALFORMED_REQUEST, 15);
    expectProblem(alice.put(path, "{\"expiresAt\": 5}"), ProblemType.MALFORMED_REQUEST, 15);
    expectProblem(alice.put(path, "{\"expiresAt\": \"soon\"}"), ProblemType.INVALID_EXPIRY, 15);
  }

  @Test
  void knowsOnlyTheCallersKeys() {
    String key = alice.withTwoFactor().createKey("TradingBot1");
    TestCaller mallory = newCaller().withTwoFactor();
    expectProblem(mallory.delete("/v1/keys/" + key), ProblemType.UNKNOWN_KEY, 2);
    expectProblem(
        mallory.put("/v1/keys/" + key + "/permissions", Map.of("permissions", List.of("trade"))),
        ProblemType.UNKNOWN_KEY,
        2);
    expectProblem(mallory.delete(UNKNOWN), ProblemType.UNKNOWN_KEY, 2);
  }

  @Test
  void spacesItsMails() {
    alice.withTwoFactor().askForKey("TradingBot1");
    ResponseSpec answer = alice.delete("/v1/keys");
    answer.expectHeader().valueEquals("Retry-After", 60);
    expectProblem(answer, ProblemType.CODE_COOLDOWN, 3);
  }

  @Test
  void asksForDeletionAlsoOfNothing() {
    alice.withTwoFactor();
    ResponseSpec answer = alice.delete("/v1/keys");
    expectPosition(answer, 3);
    answer
        .expectStatus()
        .isAccepted()
        .expectBody()
        .jsonPath("$.operation.type")
        .isEqualTo("delete-all");
  }

  @Test
  void asksForOneKeyToBeDeleted() {
    String key = alice.withTwoFactor().createKey("TradingBot1");
    ResponseSpec answer = alice.delete("/v1/keys/" + key);
    expectPosition(answer, 6);
    answer
        .expectStatus()
        .isAccepted()
        .expectBody(String.class)
        .value(body -> assertThat(body).contains("\"type\":\"delete-key\"", key));
  }
}
