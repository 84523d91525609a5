package dev.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.crypto.Ed25519Verifier;
import dev.keyledger.crypto.HmacSha256;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.signatures.ContentDigests;
import dev.keyledger.signatures.ParsedSignature.Signature;
import dev.keyledger.signatures.SignedRequest;
import dev.keyledger.signatures.SignedRequests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client signs is what the reading side asks for, also after it was sent. */
class KeyledgerSignerTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  /** Some write numbers with digits of their own. */
  @Test
  void signsUnderAnyLocale() {
    KeyledgerSigner signer = KeyledgerSigner.hmacSha256(KEY, SECRET);
    Locale.setDefault(Locale.forLanguageTag("fa-IR-u-nu-arabext"));
    HttpRequest signed =
        signer.sign(HttpRequest.newBuilder(URI.create("http://localhost/")).build());

    assertThat(signed.headers().firstValue("Signature-Input").orElseThrow())
        .containsPattern(";created=[0-9]{10};");
  }

  private static final String KEY = "kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUDa";
  private static final String SECRET = "kl_sec_Xh8VCImisOa7raadEBAMMenbPDwf3BrId7SDFjsywXu1SQIhq";

  /** RFC 9421, appendix B.1.4. */
  private static final byte[] PUBLIC_KEY =
      Base64.getDecoder().decode("JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=");

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.789Z");
  private static final URI ORDERS = URI.create("https://api.example.com/v1/orders?symbol=BTC");

  private final KeyledgerSigner ed25519 =
      new KeyledgerSigner(KEY, SigningKey.ed25519(SigningKeyTest.PEM), InstantSource.fixed(NOW));
  private final KeyledgerSigner hmac =
      new KeyledgerSigner(KEY, SigningKey.hmacSha256(SECRET), InstantSource.fixed(NOW));

  @Test
  void signsAsTheContractAsks() {
    HttpRequest request = ed25519.sign(HttpRequest.newBuilder(ORDERS).build());

    assertThat(request.headers().firstValue("Signature-Input").orElseThrow())
        .matches(
            "keyledger=\\(\"@method\" \"@target-uri\"\\);created=1795348800"
                + ";nonce=\"[0-9A-Za-z_-]{22}\";keyid=\""
                + KEY
                + "\";alg=\"ed25519\"");
    assertThat(request.headers().map()).containsOnlyKeys("Signature-Input", "Signature");
    Signature read = read(received(request, ""));
    assertThat(read.created()).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
    assertThat(Ed25519Verifier.fastest().verify(PUBLIC_KEY, read.base(), read.signature()))
        .isTrue();
  }

  @Test
  void signsABodyByItsDigest() {
    String body = "{\"symbol\":\"BTC\",\"note\":\"é\"}";
    HttpRequest request =
        hmac.sign(
            HttpRequest.newBuilder(ORDERS)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(3))
                .POST(BodyPublishers.ofString(body))
                .build());

    SignedRequest received = received(request, body);
    assertThat(ContentDigests.match(received)).isTrue();
    Signature read = read(received);
    assertThat(read.alg()).isEqualTo("hmac-sha256");
    assertThat(HmacSha256.verify(SecretText.of(SECRET), read.base(), read.signature())).isTrue();
    assertThat(request.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(request.timeout()).hasValue(Duration.ofSeconds(3));
    assertThat(request.bodyPublisher().orElseThrow().contentLength())
        .isEqualTo(received.body().length);
  }

  @Test
  void signsEachTimeWithAnotherNonceAndReplacesAnEarlierSignature() {
    HttpRequest once =
        hmac.sign(HttpRequest.newBuilder(ORDERS).PUT(BodyPublishers.ofString("x")).build());
    HttpRequest twice = hmac.sign(once);

    assertThat(twice.headers().allValues("signature")).hasSize(1);
    assertThat(twice.headers().allValues("signature-input")).hasSize(1);
    assertThat(twice.headers().allValues("content-digest")).hasSize(1);
    assertThat(read(received(twice, "x")).nonce()).isNotEqualTo(read(received(once, "x")).nonce());
  }

  @ParameterizedTest
  @CsvSource({
    "https://API.example.com, https://api.example.com/",
    "HTTPS://api.example.com:443/a?, https://api.example.com/a?",
    "http://api.example.com:80/a/../b, http://api.example.com/a/../b",
    "http://api.example.com:443, http://api.example.com:443/",
    "https://[::1]:8443?a=b%20c, https://[::1]:8443/?a=b%20c",
    "https://api.example.com/é?ü=1#top, https://api.example.com/%C3%A9?%C3%BC=1",
  })
  void signsTheTargetAsItIsSent(String typed, String sent) {
    HttpRequest request = hmac.sign(HttpRequest.newBuilder(URI.create(typed)).build());

    assertThat(request.uri()).hasToString(sent);
    assertThat(new String(read(received(request, "")).base(), StandardCharsets.US_ASCII))
        .contains("\"@target-uri\": " + sent + "\n");
  }

  @Test
  void aBodyMayComeFromAnywhere() {
    HttpRequest streamed =
        hmac.sign(
            HttpRequest.newBuilder(ORDERS)
                .POST(
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[100_000])))
                .build());
    HttpRequest empty =
        hmac.sign(HttpRequest.newBuilder(ORDERS).POST(BodyPublishers.noBody()).build());

    assertThat(streamed.headers().firstValue("content-digest"))
        .hasValue(Bodies.digest(new byte[100_000]));
    assertThat(empty.headers().firstValue("content-digest")).isEmpty();
    assertThat(empty.method()).isEqualTo("POST");
  }

  @Test
  void aBodyThatCanNotBeReadIsSaidSo() {
    HttpRequest request =
        HttpRequest.newBuilder(ORDERS).POST(BodyPublishers.ofInputStream(Broken::new)).build();

    assertThatThrownBy(() -> hmac.sign(request))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("The body can't be read.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kl_pub_", "kl_sec_abc", "kl_pub_a\"b", "kl_pub_a\r\nX: y"})
  void aPublicApiKeyHasItsForm(String key) {
    assertThatThrownBy(() -> KeyledgerSigner.hmacSha256(key, SECRET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A public API key begins with kl_pub_.");
  }

  @Test
  void printsNoSecret() {
    assertThat(hmac).hasToString("KeyledgerSigner[" + KEY + ", hmac-sha256]");
  }

  /** The request as it arrives at a server, over HTTP/1.1 and with JDK's own client. */
  @ParameterizedTest
  @ValueSource(strings = {"", "{\"symbol\":\"BTC\"}"})
  void whatArrivesIsWhatWasSigned(String body) throws Exception {
    try (Receiver receiver = Receiver.start();
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(receiver.uri("/v1/orders?a=b%20c&d"))
              .method(
                  "PUT", body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
              .build();

      client.send(
          KeyledgerSigner.ed25519(KEY, SigningKeyTest.PEM).sign(request),
          BodyHandlers.discarding());

      SignedRequest received = receiver.received();
      Signature read = read(received);
      assertThat(ContentDigests.match(received)).isTrue();
      assertThat(Ed25519Verifier.fastest().verify(PUBLIC_KEY, read.base(), read.signature()))
          .isTrue();
      assertThat(Duration.between(read.created(), Instant.now()).abs())
          .isLessThan(Duration.ofMinutes(1));
    }
  }

  private static SignedRequest received(HttpRequest request, String body) {
    return new SignedRequest(
        request.method(),
        request.uri(),
        request.headers().map(),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static Signature read(SignedRequest request) {
    return (Signature) SignedRequests.parse(request);
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("gone");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      throw new IOException("gone");
    }
  }
}
