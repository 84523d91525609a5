package dev.keyledger.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.signatures.RequestSigner;
import dev.keyledger.signatures.SignedRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RevocationsControllerTest extends CommandHttpTest {
  private static final String PATH = "/v1/revocations";
  private static final String TARGET = "https://keys.exchange.example/v1/revocations";

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "hmac-sha256"})
  void theSecretDisablesItsKeyAndDoesSoAgain(String algorithm) {
    Made made = make(algorithm);
    for (int time = 0; time < 2; time++) {
      expectRevoked(revoke(Map.of("secret", made.secret())), made, 6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "hmac-sha256"})
  void aSignedProofDisablesTheKeyWithoutShowingItsSecret(String algorithm) {
    Made made = make(algorithm);

    expectRevoked(revoke(proof(signed(made, "POST", TARGET))), made, 6);
  }

  @Test
  void aProofMayGiveItsHeadersAsListsAndInAnyCase() {
    Made made = make("ed25519");
    Map<String, Object> headers = new HashMap<>();
    signed(made, "POST", TARGET)
        .headers()
        .forEach((name, values) -> headers.put(name.toUpperCase(java.util.Locale.ROOT), values));

    expectRevoked(
        revoke(Map.of("proof", Map.of("method", "POST", "targetUri", TARGET, "headers", headers))),
        made,
        6);
  }

  @Test
  void whatProvesNothingIsAnsweredTheSameWay() {
    Made made = make("ed25519");
    Made hmac = make("hmac-sha256");
    Made gone = make("ed25519");
    alice.verify(alice.challengeIn(alice.delete("/v1/keys/" + gone.key()))).expectStatus().isOk();
    List<Map<String, Object>> nothing = new ArrayList<>();
    nothing.add(Map.of("secret", ""));
    nothing.add(Map.of("secret", made.key()));
    nothing.add(Map.of("secret", gone.secret()));
    nothing.add(Map.of("secret", hmac.secret().substring(0, 55)));
    nothing.add(Map.of("secret", hmac.secret().toLowerCase(java.util.Locale.ROOT)));
    nothing.add(Map.of("secret", "x".repeat(60_000)));
    nothing.add(proof(signed(made, "GET", TARGET)));
    nothing.add(proof(signed(made, "POST", "https://keys.exchange.example/v1/orders")));
    nothing.add(proof(signed(gone, "POST", TARGET)));
    nothing.add(
        proof(RequestSigner.hmac("kl_pub_unknown", "x").sign(request("POST", TARGET), now(), "n")));
    nothing.add(
        proof(RequestSigner.hmac(made.key(), "x").sign(request("POST", TARGET), now(), "n")));
    nothing.add(
        proof(
            RequestSigner.ed25519(hmac.key(), made.secret())
                .sign(request("POST", TARGET), now(), "n")));
    nothing.add(
        Map.of("proof", Map.of("method", "POST", "targetUri", TARGET, "headers", Map.of())));
    nothing.add(
        Map.of("proof", Map.of("method", "POST", "targetUri", "not a URI", "headers", Map.of())));
    String first = "";
    for (Map<String, Object> body : nothing) {
      String answer =
          new String(
              Objects.requireNonNull(
                  revoke(body)
                      .expectStatus()
                      .isEqualTo(422)
                      .expectHeader()
                      .doesNotExist(PositionHeaders.POSITION)
                      .expectBody()
                      .jsonPath("$.code")
                      .isEqualTo(ProblemType.PROOF_REJECTED.code())
                      .returnResult()
                      .getResponseBodyContent()),
              java.nio.charset.StandardCharsets.UTF_8);
      first = first.isEmpty() ? answer : first;
      assertThat(answer).isEqualTo(first);
    }
  }

  @Test
  void aProofIsGoodForFiveMinutes() {
    Made made = make("ed25519");
    SignedRequest signed = signed(made, "POST", TARGET);
    clock.advance(Duration.ofMinutes(5).plusSeconds(1));
    revoke(proof(signed)).expectStatus().isEqualTo(422);
    SignedRequest ahead =
        RequestSigner.ed25519(made.key(), made.secret())
            .sign(request("POST", TARGET), now().plusSeconds(6), "n");
    revoke(proof(ahead)).expectStatus().isEqualTo(422);

    SignedRequest late = signed(made, "POST", TARGET);
    // What is signed is a whole second, so it may be older than it is by the clock here.
    clock.advance(Duration.ofMinutes(5).minusSeconds(1));
    expectRevoked(revoke(proof(late)), made, 6);
  }

  @Test
  void aKeyThatWasBroughtTwiceIsDisabledTwice() {
    Made first = make("ed25519");
    String publicKey =
        java.util.Base64.getEncoder()
            .encodeToString(
                new Ed25519PrivateKeyParameters(pkcs8(first.secret()), 16)
                    .generatePublicKey()
                    .getEncoded());
    TestCaller bob = newCaller().withTwoFactor();
    String second =
        bob.keyIn(
            bob.verify(
                bob.challengeIn(
                    bob.post("/v1/keys", Map.of("label", "Bot1", "verificationKey", publicKey)))));

    revoke(Map.of("secret", first.secret())).expectStatus().isOk();

    for (var entry : Map.of(alice, first.key(), bob, second).entrySet()) {
      entry.getKey().post("/v1/keys/" + entry.getValue() + "/enable").expectStatus().isAccepted();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"secret\":null}",
        "{\"secret\":\"a\",\"proof\":{\"method\":\"POST\",\"targetUri\":\"x\",\"headers\":{}}}",
        "{\"secret\":5}",
        "{\"proof\":{}}",
        "{\"proof\":{\"method\":\"POST\",\"targetUri\":\"x\",\"headers\":{\"a\":[null]}}}",
        "{\"proof\":{\"method\":\"POST\",\"targetUri\":\"x\",\"headers\":{\"a\":5}}}",
        "{\"key\":\"a\"}"
      })
  void refusesWhatIsNotOfTheShape(String body) {
    revoke(body)
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.code")
        .isEqualTo(ProblemType.MALFORMED_REQUEST.code());
  }

  /** A key and its secret. */
  private record Made(String key, String secret) {
    @Override
    public String toString() {
      return "Made[" + key + "]";
    }
  }

  private Made make(String algorithm) {
    TestCaller owner = newCaller().withTwoFactor();
    alice = owner;
    byte[] body =
        owner
            .verify(
                owner.challengeIn(
                    owner.post("/v1/keys", Map.of("label", "Bot1", "algorithm", algorithm))))
            .expectStatus()
            .isCreated()
            .expectBody()
            .returnResult()
            .getResponseBodyContent();
    JsonNode made = new JsonMapper().readTree(Objects.requireNonNull(body));
    return new Made(made.at("/key/publicApiKey").asString(), made.at("/secret/value").asString());
  }

  private java.time.Instant now() {
    return clock.instant();
  }

  private SignedRequest signed(Made made, String method, String target) {
    RequestSigner signer =
        made.secret().startsWith("kl_sec_")
            ? RequestSigner.hmac(made.key(), made.secret())
            : RequestSigner.ed25519(made.key(), made.secret());
    return signer.sign(request(method, target), now(), "n");
  }

  private static SignedRequest request(String method, String target) {
    return new SignedRequest(method, URI.create(target), Map.of(), new byte[0]);
  }

  private static Map<String, Object> proof(SignedRequest signed) {
    Map<String, Object> headers = new HashMap<>();
    signed.headers().forEach((name, values) -> headers.put(name, values.getFirst()));
    return Map.of(
        "proof",
        Map.of(
            "method",
            signed.method(),
            "targetUri",
            signed.targetUri().toString(),
            "headers",
            headers));
  }

  private ResponseSpec revoke(Object body) {
    return stranger()
        .post()
        .uri(PATH)
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body)
        .exchange();
  }

  private static void expectRevoked(ResponseSpec answer, Made made, long position) {
    expectPosition(answer, position);
    answer
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.publicApiKey")
        .isEqualTo(made.key())
        .jsonPath("$.state")
        .isEqualTo("disabled")
        .jsonPath("$.length()")
        .isEqualTo(2);
  }

  private static byte[] pkcs8(String pem) {
    return java.util.Base64.getDecoder().decode(pem.lines().toList().get(1));
  }
}
