package dev.keyledger.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests of bodies: RFC 9530, with its examples. */
class ContentDigestsTest {
  private static final String BODY = "{\"hello\": \"world\"}\n";

  /** RFC 9530, appendix D: of {"hello": "world"} and a line end. */
  private static final String SHA_256 = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";

  private static final String SHA_512 =
      "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCs"
          + "yRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:";

  @Test
  void acceptsTheExamples() {
    assertThat(match(BODY, SHA_256)).isTrue();
    assertThat(match(BODY, SHA_512)).isTrue();
    assertThat(match(BODY, SHA_256 + ", " + SHA_512)).isTrue();
    assertThat(match(BODY, SHA_256, SHA_512)).isTrue();
    assertThat(match(BODY, "md5=:AA==:, " + SHA_256)).isTrue();
  }

  /** RFC 9421, appendix B.2. */
  @Test
  void acceptsTheDigestOfTheTestRequest() {
    assertThat(
            match(
                "{\"hello\": \"world\"}",
                "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"))
        .isTrue();
  }

  @Test
  void refusesWhatIsNotTheBody() {
    assertThat(match(BODY + " ", SHA_256)).isFalse();
    assertThat(match("", SHA_256)).isFalse();
    assertThat(match(BODY, SHA_256.replace("RK/", "RL/"))).isFalse();
  }

  /** One right digest does not make up for a wrong one. */
  @Test
  void eachKnownDigestMustBeRight() {
    assertThat(match(BODY, SHA_256 + ", " + SHA_512.replace("YMA", "YMB"))).isFalse();
    assertThat(match(BODY, SHA_256.replace("RK/", "RL/") + ", " + SHA_512)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "md5=:AA==:",
        "sha-256",
        "sha-256=1",
        "sha-256=\"RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=\"",
        "sha-256=(:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:)",
        "sha-256=::",
        "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=",
        "SHA-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
        "é",
      })
  void refusesWhatIsNoDigest(String field) {
    assertThat(match(BODY, field)).isFalse();
    assertThat(match("", field)).isFalse();
  }

  @Test
  void onlyARequestWithoutABodyNeedsNone() {
    assertThat(match("")).isTrue();
    assertThat(match(BODY)).isFalse();
  }

  private static boolean match(String body, String... fields) {
    return ContentDigests.match(
        new SignedRequest(
            "POST",
            URI.create("https://example.com/"),
            Map.of("Content-Digest", List.of(fields)),
            body.getBytes(StandardCharsets.UTF_8)));
  }
}
