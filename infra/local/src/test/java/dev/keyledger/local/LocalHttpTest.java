package dev.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LocalHttpTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final MailBox box = new MailBox(10);
  private final HttpClient client = HttpClient.newHttpClient();
  private LocalHttp http;

  @BeforeEach
  void start() throws IOException {
    var issuer = LocalIssuer.withNewKey("http://localhost:8090", InstantSource.fixed(NOW));
    http = LocalHttp.start(0, issuer, box);
  }

  @AfterEach
  void stop() {
    http.close();
    client.close();
  }

  @Test
  void givesATokenThatItsPublishedKeyVerifies() throws Exception {
    var answer = post("{\"sub\":\"alice\",\"email\":\"alice@example.com\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = json(answer);
    assertThat(body.get("token_type").asString()).isEqualTo("Bearer");
    assertThat(body.get("expires_in").asInt()).isEqualTo(3600);
    SignedJWT token = SignedJWT.parse(body.get("access_token").asString());
    JWKSet keys = JWKSet.parse(get("/.well-known/jwks.json", "*/*").body());
    RSAKey key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
    assertThat(key.isPrivate()).isFalse();
    assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
    var claims = token.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("http://localhost:8090");
    assertThat(claims.getSubject()).isEqualTo("alice");
    assertThat(claims.getAudience()).containsExactly("keyledger");
    assertThat(claims.getStringClaim("scope")).isEqualTo("keys:manage");
    assertThat(claims.getStringClaim("email")).isEqualTo("alice@example.com");
    assertThat(claims.getIssueTime()).isEqualTo(NOW);
    assertThat(claims.getExpirationTime()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(claims.getJWTID()).isNotBlank();
  }

  @Test
  void givesTheScopesAskedForAndNoEmailUnlessAskedFor() throws Exception {
    var answer = post("{\"sub\":\"gate\",\"scope\":\"keys:verify audit:read\"}");
    var claims = SignedJWT.parse(json(answer).get("access_token").asString()).getJWTClaimsSet();
    assertThat(claims.getStringClaim("scope")).isEqualTo("keys:verify audit:read");
    assertThat(claims.getClaims()).doesNotContainKey("email");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"sub\":\"\"}",
        "{\"sub\":7}",
        "{\"sub\":\"a\",\"admin\":true}",
        "{\"sub\":\"a\"} x",
        "{\"sub\":\"a\",\"email\":\"nobody\"}",
        "{\"sub\":\"a\",\"scope\":\"a\\tb\"}"
      })
  void refusesBadTokenRequests(String body) throws Exception {
    var answer = post(body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).get("detail").asString()).isNotBlank();
  }

  @Test
  void refusesAHugeBody() throws Exception {
    assertThat(post("{\"sub\":\"" + "a".repeat(70_000) + "\"}").statusCode()).isEqualTo(413);
  }

  @Test
  void givesMailsAsJsonAndAsAnEscapedPage() throws Exception {
    box.add(new Mail("a+b@example.com", "<Subject>", "<script>1</script>", NOW));
    var json = get("/dev/mail?to=a+b@example.com", "*/*");
    JsonNode mail = json(json).get(0);
    assertThat(mail.get("to").asString()).isEqualTo("a+b@example.com");
    assertThat(mail.get("subject").asString()).isEqualTo("<Subject>");
    assertThat(mail.get("text").asString()).isEqualTo("<script>1</script>");
    assertThat(mail.get("receivedAt").asString()).isEqualTo("2026-11-22T10:00:00Z");
    var page = get("/dev/mail?to=a%2Bb@example.com", "text/html,application/xhtml+xml");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.body()).contains("&lt;script&gt;1").doesNotContain("<script>");
    assertThat(get("/dev/mail", "text/html").body()).contains("to=a%2Bb%40example.com");
    assertThat(get("/dev/mail?to=%3Cb%3E", "text/html").body()).doesNotContain("<b>");
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    assertThat(get("/dev/mail", "*/*").statusCode()).isEqualTo(400);
    assertThat(get("/elsewhere", "*/*").statusCode()).isEqualTo(404);
    assertThat(get("/dev/token", "*/*").statusCode()).isEqualTo(405);
    assertThat(get("/", "text/html").body()).contains("/dev/token");
    assertThat(json(get("/.well-known/openid-configuration", "*/*")).get("jwks_uri").asString())
        .isEqualTo("http://localhost:8090/.well-known/jwks.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80"})
  void answersNobodyElsesName(String host) throws Exception {
    assertThat(statusFor("Host: " + host + "\r\n")).startsWith("HTTP/1.1 403");
    assertThat(statusFor("Host: LOCALHOST:" + http.port() + "\r\n")).startsWith("HTTP/1.1 200");
    assertThat(statusFor("Host: [::1]\r\n")).startsWith("HTTP/1.1 200");
  }

  private String statusFor(String host) throws IOException {
    try (Socket socket = new Socket(Ports.loopback(), http.port())) {
      String request = "GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpResponse<String> post(String body) throws Exception {
    return client.send(
        request("/dev/token").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    return client.send(request(path).header("Accept", accept).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
