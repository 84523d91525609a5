package dev.keyledger.query.http;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.keyDisabled;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.http.support.Wire;
import dev.keyledger.http.support.Wire.Answer;
import dev.keyledger.query.TestKey;
import dev.keyledger.query.stream.Decoded;
import dev.keyledger.query.views.SetAside;
import dev.keyledger.query.views.ViewStoreException;
import dev.keyledger.signatures.RequestSigner;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/**
 * Calls that have a shortcut are answered in just the same way with it and without: each is made
 * twice, once with a header that no shortcut takes. Nonces are not remembered here, so that the
 * second answer is not another one for being the second.
 */
@TestPropertySource(
    properties = {
      QueryFace.MAX_WAIT + "=200ms",
      "keyledger.verification.replay-guard=off",
      "keyledger.verification.usage-interval=1h"
    })
class BothWaysTest extends VerificationTest {
  private static final String VERIFY = "POST /v1/verifications HTTP/1.1";
  private static final String LIST = "GET /v1/keys HTTP/1.1";
  private static final String ACCOUNT = "GET /v1/account HTTP/1.1";
  private static final String NO_SHORTCUT = "X-No-Shortcut: 1";

  private final TestKey key = TestKey.hmac();
  @Autowired MeterRegistry meters;
  private String gateway = "";
  private String owner = "";

  @BeforeEach
  void becomeKnown() throws IOException {
    gateway = "Authorization: Bearer " + PLATFORM.token("gateway", null, "keys:verify");
    owner = "Authorization: Bearer " + PLATFORM.token(account, null);
    memory.apply(key.created(account));
    given(key.created(account));
    send(request(VERIFY, gateway, question("known"), NO_SHORTCUT));
    send(request(LIST, owner, "", NO_SHORTCUT));
  }

  @Test
  void plainCallsTakeTheShortWay() throws IOException {
    double verifications = taken("/v1/verifications");
    double lists = taken("/v1/keys");
    double accounts = taken("/v1/account");

    assertThat(send(request(VERIFY, gateway, question("n"))).body()).contains("\"valid\":true");
    assertThat(send(request(LIST, owner, "")).body()).contains(key.publicApiKey());
    assertThat(send(request(ACCOUNT, owner, "")).body()).contains("\"twoFactor\"");

    assertThat(taken("/v1/verifications") - verifications).isEqualTo(1);
    assertThat(taken("/v1/keys") - lists).isEqualTo(1);
    assertThat(taken("/v1/account") - accounts).isEqualTo(1);
  }

  @Test
  void bothWaysAreMeasuredAsOne() {
    // Again, if calls before these were counted only now: a moment after they were answered.
    await().untilAsserted(this::eachWayIsCountedOnce);
  }

  private void eachWayIsCountedOnce() throws IOException {
    long lists = measured("/v1/keys");
    long verifications = measured("/v1/verifications");
    sameBothWays(LIST, owner, "");
    sameBothWays(VERIFY, gateway, question("n"));

    await().until(() -> measured("/v1/keys") >= lists + 2);
    await().until(() -> measured("/v1/verifications") >= verifications + 2);
    assertThat(measured("/v1/keys")).isEqualTo(lists + 2);
    assertThat(measured("/v1/verifications")).isEqualTo(verifications + 2);
  }

  /** Every verdict. */
  @Test
  void verdicts() throws IOException {
    TestKey ed25519 = TestKey.ed25519();
    TestKey disabled = TestKey.hmac();
    TestKey deleted = TestKey.hmac();
    TestKey elsewhere = TestKey.hmac();
    memory.apply(
        ed25519.created(account),
        disabled.created(account),
        keyDisabled(account, disabled.publicApiKey(), NOON),
        deleted.created(account),
        keyDeleted(account, deleted.publicApiKey()),
        elsewhere.created(account, List.of("198.51.100.1"), null, null));
    for (TestKey signer : List.of(key, ed25519, disabled, deleted, elsewhere, TestKey.hmac())) {
      sameBothWays(VERIFY, gateway, body("trade", SOURCE, signed(signer, "n")));
      sameBothWays(VERIFY, gateway, body("withdraw", "2001:db8::1", signed(signer, "n")));
      sameBothWays(VERIFY, gateway, body("read", SOURCE, signer.sign(NOON.minusSeconds(99), "n")));
      sameBothWays(VERIFY, gateway, body("read", SOURCE, signer.sign(NOON.plusSeconds(99), "n")));
      sameBothWays(
          VERIFY,
          gateway,
          body(
              "read", SOURCE, RequestSigner.with(signed(signer, "n"), "signature", "sig1=:AAAA:")));
    }
    sameBothWays(VERIFY, gateway, body("read", SOURCE, TestKey.get()));
  }

  /** Outages, which the usual chain tells of: without asking again what was asked already. */
  @Test
  void outages() throws IOException {
    sameBothWays(VERIFY, gateway, question("n"), "Keyledger-Min-Position: 99");
    memory.read(
        0, new Decoded.Poison(SetAside.Reason.VALUE, "broken", new Decoded.Place(account, 9)));
    assertThat(sameBothWays(VERIFY, gateway, question("n")).status()).contains("503");
    double before = asked();
    memory.silence(Duration.ofSeconds(3).toNanos());
    assertThat(send(request(VERIFY, gateway, question("n"))).status()).contains("503");
    assertThat(asked() - before).isEqualTo(1);
  }

  static List<List<String>> headers() {
    return List.of(
        List.of("Keyledger-Min-Position: 0"),
        List.of("keyledger-min-position: 1"),
        List.of("Keyledger-Min-Position: x"),
        List.of("Keyledger-Min-Position: 1", "Keyledger-Min-Position: 99"),
        List.of("Keyledger-Min-Position: 9223372036854775808"),
        List.of("Accept: application/json"),
        List.of("Accept: */*"),
        List.of("Accept: text/html"),
        List.of("Accept: application/problem+json"),
        List.of("Accept: nonsense"),
        List.of("Accept-Encoding: gzip", "User-Agent: test/1.0"),
        List.of("Origin: https://evil.example"),
        List.of("Connection: keep-alive"),
        List.of("X-Request-Id: 17", "traceparent: 00-" + "1".repeat(32) + "-" + "2".repeat(16)),
        List.of("X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https"),
        List.of("X-Forwarded-Host: \u00fc"),
        List.of("X-Forwarded-Prefix: /v1"),
        List.of("Forwarded: for=192.0.2.1;proto=https;host=example.com"),
        List.of("Cookie: a=b"),
        List.of("If-None-Match: *"),
        List.of("If-None-Match: \"abc\""),
        List.of("If-None-Match: W/\"abc\", \"def\""),
        List.of("If-None-Match: nonsense"),
        List.of("If-Match: \"abc\""),
        List.of("If-Modified-Since: Thu, 26 Nov 2026 10:00:00 GMT"),
        List.of("Range: bytes=0-1"),
        List.of("Content-Encoding: gzip"),
        List.of("X-HTTP-Method-Override: DELETE"),
        List.of("User-Agent: \u00e9\u007f"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void headersChangeNothingBetweenTheWays(List<String> headers) throws IOException {
    String[] more = headers.toArray(String[]::new);
    sameBothWays(VERIFY, gateway, question("n"), more);
    sameBothWays(LIST, owner, "", more);
    sameBothWays(ACCOUNT, owner, "", more);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/verifications?a=b HTTP/1.1",
        "POST /v1/verifications/ HTTP/1.1",
        "POST //v1/verifications HTTP/1.1",
        "POST /v1/%76erifications HTTP/1.1",
        "POST /v1/verifications;a=b HTTP/1.1",
        "POST http://localhost/v1/verifications HTTP/1.1",
        "PUT /v1/verifications HTTP/1.1",
        "GET /v1/verifications HTTP/1.1",
        "post /v1/verifications HTTP/1.1",
        "POST /v1/keys HTTP/1.1",
        "OPTIONS /v1/keys HTTP/1.1",
        "GET /v1/keys? HTTP/1.1",
        "GET /v1/keys/ HTTP/1.1",
        "GET /v1/keys HTTP/1.0"
      })
  void otherRequestsAreNoneOfTheShortcuts(String line) throws IOException {
    for (String token : List.of(gateway, owner)) {
      sameBothWays(line, token, question("n"));
    }
  }

  @Test
  void callersWithoutATokenOrTheScope() throws IOException {
    String expired = "Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA";
    for (String token :
        List.of(
            expired,
            "Authorization: Basic YTpi",
            "Authorization: Bearer",
            gateway.replace("Bearer", "bearer"),
            gateway + "=",
            gateway + "\r\n" + owner,
            "X: y")) {
      sameBothWays(VERIFY, token, question("n"));
      sameBothWays(LIST, token, "");
    }
    sameBothWays(VERIFY, owner, question("n"));
    sameBothWays(LIST, gateway, "");
    sameBothWays(ACCOUNT, gateway, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json;charset=UTF-8",
        "application/json;charset=iso-8859-1",
        "application/problem+json",
        "APPLICATION/JSON",
        "nonsense"
      })
  void bodiesOfOtherTypes(String type) throws IOException {
    String body = question("n");
    sameBothWays(VERIFY, gateway + "\r\nContent-Type: " + type, body);
    sameBothWays(VERIFY, gateway + "\r\nContent-Type: application/json", body);
  }

  @Test
  void bodiesOfOtherLengths() throws IOException {
    String spaces = " ".repeat(40_000);
    sameBothWays(VERIFY, gateway, question("n") + spaces);
    sameBothWays(VERIFY, gateway, "");
  }

  @Test
  void bodiesInChunks() throws IOException {
    String body = question("n");
    String chunks = "%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body);
    String head =
        VERIFY + "\r\nHost: localhost\r\n" + gateway + "\r\nTransfer-Encoding: chunked\r\n";
    String type = "Content-Type: application/json\r\n";
    Answer shorter = send((head + type + "\r\n" + chunks).getBytes(UTF_8));
    assertThat(shorter.body()).contains("\"valid\":true");
    assertThat(send((head + type + NO_SHORTCUT + "\r\n\r\n" + chunks).getBytes(UTF_8)))
        .isEqualTo(shorter);
  }

  @ParameterizedTest
  @MethodSource("dev.keyledger.query.http.VerificationControllerTest#malformed")
  void questionsThatAreNone(String body) throws IOException {
    sameBothWays(VERIFY, gateway, body);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void questionsWithMistakes(long seed) throws IOException {
    Random random = new Random(seed);
    for (int n = 0; n < 150; n++) {
      byte[] body = VerificationFuzzTest.mutated(random, question("n" + n));
      Answer shorter = send(request(VERIFY, gateway, body));
      assertThat(send(request(VERIFY, gateway, body, NO_SHORTCUT)))
          .as("seed %d, body %d", seed, n)
          .isEqualTo(shorter);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LIST, ACCOUNT})
  void views(String question) throws IOException {
    Answer all = sameBothWays(question, owner, "");
    String tag =
        all.headers().stream().filter(it -> it.startsWith("ETag: ")).findFirst().orElseThrow();
    assertThat(sameBothWays(question, owner, "", tag.replace("ETag", "If-None-Match")).status())
        .contains("304");
    assertThat(
            sameBothWays(question, owner, "", tag.replace("ETag: ", "If-None-Match: W/")).status())
        .contains("304");
    assertThat(sameBothWays(question, owner, "", "Keyledger-Min-Position: 2").status())
        .contains("503");
    stopped.add(account);
    sameBothWays(question, owner, "");
    sameBothWays(question, owner, "", "Keyledger-Min-Position: 2");
    save(view(account), view(account).knowing(9));
    assertThat(sameBothWays(question, owner, "").status()).contains("503");
    store.failWith(new ViewStoreException(new IllegalStateException("inside")));
    assertThat(sameBothWays(question, owner, "").status()).contains("503");
  }

  /** What comes in pieces, or one after another without waiting, is answered in its order. */
  @Test
  void requestsInPiecesAndInRows() throws IOException {
    byte[] question = request(VERIFY, gateway, question("n"));
    byte[] list = request(LIST, gateway, "");
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    for (byte[] each : List.of(question, list, question, question, list)) {
      row.write(each);
    }
    try (Wire wire = new Wire(port)) {
      byte[] all = row.toByteArray();
      int cut = question.length - 7;
      wire.send(Arrays.copyOf(all, cut));
      wire.send(Arrays.copyOfRange(all, cut, all.length));
      List<String> statuses = new ArrayList<>();
      for (int n = 0; n < 5; n++) {
        statuses.add(
            wire.read().status().substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
      }
      assertThat(statuses).containsExactly("200", "403", "200", "200", "403");
    }
  }

  private Answer sameBothWays(String line, String caller, String body, String... headers)
      throws IOException {
    Answer shorter = send(request(line, caller, body, headers));
    String[] more = Arrays.copyOf(headers, headers.length + 1);
    more[headers.length] = NO_SHORTCUT;
    assertThat(shorter).isEqualTo(send(request(line, caller, body, more)));
    return shorter;
  }

  private Answer send(byte[] request) throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.exchange(request);
    }
  }

  private String question(String nonce) {
    return body("trade", SOURCE, signed(key, nonce));
  }

  private double taken(String path) {
    return meters
        .get("keyledger.http.shortcut.calls")
        .tag("uri", path)
        .tag("way", "taken")
        .counter()
        .count();
  }

  /** How often the one meter of good calls to a path was used. */
  private long measured(String path) {
    return meters.get("http.server.requests").tags("uri", path, "status", "200").timers().stream()
        .reduce((one, another) -> {
          throw new AssertionError("two meters: " + one.getId() + another.getId());
        })
        .map(Timer::count)
        .orElse(0L);
  }

  private double asked() {
    return meters.get("keyledger.verifications").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static byte[] request(String line, String caller, String body, String... headers) {
    return request(line, caller, body.getBytes(UTF_8), headers);
  }

  private static byte[] request(String line, String caller, byte[] body, String... headers) {
    StringBuilder head = new StringBuilder(line).append("\r\nHost: localhost\r\n");
    head.append(caller).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (line.startsWith("P") || body.length > 0) {
      if (!caller.contains("Content-Type")) {
        head.append("Content-Type: application/json\r\n");
      }
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
    request.writeBytes(body);
    return request.toByteArray();
  }
}
