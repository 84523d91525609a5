package dev.keyledger.command.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.support.Wire;
import dev.keyledger.http.support.Wire.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Commands that have a shortcut are answered in just the same way with it and without: each is sent
 * by two new callers, once with a header that no shortcut takes.
 */
class CommandShortcutTest extends CommandHttpTest {
  private static final String ENROL = "/v1/two-factor";
  private static final String CONFIRM = "/v1/two-factor/confirmation";
  private static final String ASK = "/v1/keys";
  private static final String ENTER = "/v1/challenges/{challengeId}/verification";
  private static final String KEY = "{\"label\": \"Bot1x\"}";
  private static final String CODES = "{\"emailCode\": \"00000000\"}";
  private static final String NO_SHORTCUT = "X-No-Shortcut: 1\r\n";
  private static final Pattern CHALLENGE_ID = Pattern.compile("\"challengeId\":\"([^\"]+)\"");

  /** What is another one in each answer: secrets, times, and what names the caller. */
  private static final Pattern OWN =
      Pattern.compile("acct-[0-9]+|[0-9A-Za-z_+/=-]{20,}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z");

  @Autowired MeterRegistry meters;

  @Test
  void aKeyIsMade() throws IOException {
    List<Double> before = List.of(taken(ENROL), taken(CONFIRM), taken(ASK), taken(ENTER));
    List<Answer> shorter = fromNothingToAKey("");
    assertThat(List.of(taken(ENROL), taken(CONFIRM), taken(ASK), taken(ENTER)))
        .isEqualTo(before.stream().map(calls -> calls + 1).toList());

    List<Answer> usual = fromNothingToAKey(NO_SHORTCUT);
    assertThat(shorter).hasSameSizeAs(usual);
    for (int i = 0; i < usual.size(); i++) {
      assertSame(shorter.get(i), usual.get(i));
    }
    assertThat(shorter).extracting(Answer::status).noneMatch(status -> status.contains(" 4"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"totp\": \"000000\"}", "{\"totp\": 1}", "{}", "null", "[", ""})
  void anEnrolmentIsNotConfirmed(String body) throws IOException {
    sameBothWays(CONFIRM, body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {KEY, "{\"label\": \"no\"}", "{\"label\": \"Bot1x\", \"x\": 1}", "null", "{", ""})
  void aKeyIsNotAskedFor(String body) throws IOException {
    sameBothWays(ASK, body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ch_0",
        "ch-0",
        "%63h",
        "",
        "/",
        "a/b",
        "a;b=c",
        "..",
        "ch_0123456789012345678901234567890123456789012345678901234567890123456789"
      })
  void aChallengeThatIsNone(String challengeId) throws IOException {
    sameBothWays(ENTER.replace("{challengeId}", challengeId), CODES);
    sameBothWays(ENTER.replace("{challengeId}", challengeId), "null");
    sameBothWays(ENTER.replace("{challengeId}", challengeId) + "?a=b", CODES);
  }

  /** What was refused by the key ring is not put to it again: a wrong code counts once. */
  @Test
  void aWrongCodeCountsOnce() throws IOException {
    String token = newToken();
    TestCaller caller = callerWith(token).withTwoFactor();
    String challengeId = caller.askForKey("Bot1x");
    String path = ENTER.replace("{challengeId}", challengeId);
    String body =
        "{\"emailCode\": \"%s\", \"totp\": \"%s\"}"
            .formatted(caller.wrongEmailCode(challengeId), caller.nextTotp());

    assertThat(send(path, token, body, "").body()).contains("\"attemptsLeft\":4");
    assertThat(send(path, token, body, "").body()).contains("\"attemptsLeft\":3");
  }

  /** Nor is what has no body: its refusal is told as the usual chain tells it. */
  @Test
  void anEnrolmentIsRefusedOnce() throws IOException {
    String token = newToken();
    callerWith(token).withTwoFactor();
    double before = refusedEnrolments();

    Answer shorter = send(ENROL, token, "", "");
    assertThat(shorter.status()).contains("409");
    assertThat(refusedEnrolments()).isEqualTo(before + 1);

    Answer usual = send(ENROL, token, "", NO_SHORTCUT);
    assertThat(refusedEnrolments()).isEqualTo(before + 2);
    assertSame(shorter, usual);
  }

  /** How often key rings refused one. */
  private double refusedEnrolments() {
    return meters
        .find("keyledger.commands")
        .tags("command", "EnableTwoFactor", "outcome", "two-factor-already-enabled")
        .timers()
        .stream()
        .mapToLong(Timer::count)
        .sum();
  }

  private List<Answer> fromNothingToAKey(String more) throws IOException {
    String token = known();
    TestCaller caller = callerWith(token);
    List<Answer> answers = new ArrayList<>();
    answers.add(send(ENROL, token, "", more));
    caller.noteSecret(answers.getLast().body());
    answers.add(send(CONFIRM, token, "{\"totp\": \"%s\"}".formatted(caller.nextTotp()), more));
    answers.add(send(ASK, token, KEY, more));
    Matcher challengeId = CHALLENGE_ID.matcher(answers.getLast().body());
    assertThat(challengeId.find()).isTrue();
    String codes =
        "{\"emailCode\": \"%s\", \"totp\": \"%s\"}"
            .formatted(caller.emailCode(challengeId.group(1), 1), caller.nextTotp());
    answers.add(send(ENTER.replace("{challengeId}", challengeId.group(1)), token, codes, more));
    return answers;
  }

  private void sameBothWays(String path, String body) throws IOException {
    assertSame(send(path, known(), body, ""), send(path, known(), body, NO_SHORTCUT));
  }

  private static void assertSame(Answer shorter, Answer usual) {
    assertThat(shorter.status()).isEqualTo(usual.status());
    assertThat(withoutLength(shorter)).isEqualTo(withoutLength(usual));
    assertThat(OWN.matcher(shorter.body()).replaceAll("own"))
        .isEqualTo(OWN.matcher(usual.body()).replaceAll("own"));
  }

  /** Names of callers are not of one length. */
  private static List<String> withoutLength(Answer answer) {
    return answer.headers().stream()
        .map(it -> it.replaceFirst("(?i)(content-length: )[1-9][0-9]*", "$1own"))
        .toList();
  }

  /** A token that was good a moment ago. */
  private String known() throws IOException {
    String token = newToken();
    assertThat(send(CONFIRM, token, "{}", NO_SHORTCUT).status()).contains("400");
    return token;
  }

  private Answer send(String path, String token, String body, String more) throws IOException {
    String type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
    String request =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s%sContent-Length: %d\r\n\r\n%s"
            .formatted(path, token, more, type, body.length(), body);
    try (Wire wire = new Wire(port())) {
      return wire.exchange(request.getBytes(UTF_8));
    }
  }

  private double taken(String path) {
    return meters
        .get("keyledger.http.shortcut.calls")
        .tag("uri", path)
        .tag("way", "taken")
        .counter()
        .count();
  }
}
