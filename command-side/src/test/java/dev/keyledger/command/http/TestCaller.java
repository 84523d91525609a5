package dev.keyledger.command.http;

import static java.util.Objects.requireNonNull;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import dev.keyledger.command.keyring.Tools;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** An account holder with an authenticator and a mail box. */
final class TestCaller {
  static final Duration COOLDOWN = Duration.ofSeconds(60);

  private static final Pattern CHALLENGE_ID = Pattern.compile("\"challengeId\":\"([^\"]+)\"");
  private static final Pattern PUBLIC_KEY = Pattern.compile("\"publicApiKey\":\"([^\"]+)\"");
  private static final Pattern SECRET = Pattern.compile("\"secret\":\"([^\"]+)\"");
  private static final String ROOT_KEY = "test";

  private final WebTestClient client;
  private final Tools tools;
  private final ManualClock clock;
  private String totpSecret = "";

  TestCaller(WebTestClient client, Tools tools, ManualClock clock) {
    this.client = client;
    this.tools = tools;
    this.clock = clock;
  }

  ResponseSpec call(HttpMethod method, String path) {
    return client.method(method).uri(path).exchange();
  }

  ResponseSpec call(HttpMethod method, String path, Object body) {
    return client
        .method(method)
        .uri(path)
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body)
        .exchange();
  }

  ResponseSpec post(String path) {
    return call(HttpMethod.POST, path);
  }

  ResponseSpec post(String path, Object body) {
    return call(HttpMethod.POST, path, body);
  }

  ResponseSpec put(String path, Object body) {
    return call(HttpMethod.PUT, path, body);
  }

  ResponseSpec delete(String path) {
    return call(HttpMethod.DELETE, path);
  }

  /** Starts an enrolment and notes its secret. */
  void enrol() {
    ResponseSpec answer = post("/v1/two-factor");
    answer.expectStatus().isCreated();
    totpSecret = find(SECRET, answer);
  }

  /** Notes the secret in the answer to the start of an enrolment. */
  void noteSecret(String answer) {
    Matcher matcher = SECRET.matcher(answer);
    if (!matcher.find()) {
      throw new AssertionError("no secret in " + answer);
    }
    totpSecret = matcher.group(1);
  }

  /** Two events: the enrolment and its confirmation. */
  TestCaller withTwoFactor() {
    enrol();
    post("/v1/two-factor/confirmation", Map.of("totp", nextTotp())).expectStatus().isNoContent();
    return this;
  }

  /** Three more events. Returns the public API key. */
  String createKey(String label) {
    return keyIn(verify(askForKey(label)));
  }

  /** The first public API key in an answer. */
  String keyIn(ResponseSpec answer) {
    return find(PUBLIC_KEY, answer);
  }

  /** One more event. Returns the challenge's id. */
  String askForKey(String label) {
    return challengeIn(post("/v1/keys", Map.of("label", label)));
  }

  String challengeIn(ResponseSpec answer) {
    answer.expectStatus().isAccepted();
    return find(CHALLENGE_ID, answer);
  }

  ResponseSpec verify(String challengeId) {
    return verify(challengeId, emailCode(challengeId, 1), nextTotp());
  }

  ResponseSpec verify(String challengeId, String emailCode, String totp) {
    return post(
        "/v1/challenges/" + challengeId + "/verification",
        Map.of("emailCode", emailCode, "totp", totp));
  }

  String emailCode(String challengeId, int issue) {
    return tools.codes().emailCode(ROOT_KEY, challengeId, issue).reveal();
  }

  /** A code of eight digits that is not the right one. */
  String wrongEmailCode(String challengeId) {
    int right = Integer.parseInt(emailCode(challengeId, 1));
    return "%08d".formatted((right + 1) % 100_000_000);
  }

  /** The code of a time step that was not used before. */
  String nextTotp() {
    clock.advance(Duration.ofSeconds(30));
    try {
      return new HmacOneTimePasswordGenerator(6)
          .generateOneTimePasswordString(
              new SecretKeySpec(Base32.decode(totpSecret), "HmacSHA1"),
              clock.instant().getEpochSecond() / 30,
              Locale.ROOT);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String find(Pattern pattern, ResponseSpec answer) {
    EntityExchangeResult<String> result = answer.expectBody(String.class).returnResult();
    Matcher matcher = pattern.matcher(requireNonNull(result.getResponseBody()));
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + result);
    }
    return matcher.group(1);
  }
}
