package dev.keyledger.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * Signs requests with an API key, so that an exchange that asks Keyledger knows whose they are.
 *
 * <pre>{@code
 * KeyledgerSigner signer = KeyledgerSigner.ed25519("kl_pub_…", Files.readString(Path.of("key.pem")));
 * HttpRequest request =
 *     HttpRequest.newBuilder(URI.create("https://api.example.com/v1/orders"))
 *         .header("Content-Type", "application/json")
 *         .POST(BodyPublishers.ofString("{\"symbol\":\"BTC\"}"))
 *         .build();
 * HttpResponse<String> response =
 *     HttpClient.newHttpClient().send(signer.sign(request), BodyHandlers.ofString());
 * }</pre>
 *
 * <p>What is added are the headers {@code Content-Digest} (RFC 9530, sha-256; only where there is a
 * body), {@code Signature-Input} and {@code Signature} (RFC 9421). They cover the method, the
 * target URI and the digest, together with the time and a nonce: a signed request can be sent once,
 * within the half minute that the exchange allows. Sign again before trying again, and keep the
 * clock right.
 *
 * <p>Safe for use by many threads at once.
 */
public final class KeyledgerSigner {
  private static final String LABEL = "keyledger";
  private static final int NONCE_BYTES = 16;
  private static final Set<String> REPLACED =
      Set.of("content-digest", "signature-input", "signature");

  private final String publicApiKey;
  private final SigningKey key;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  KeyledgerSigner(String publicApiKey, SigningKey key, InstantSource clock) {
    if (!publicApiKey.matches("kl_pub_[0-9A-Za-z]+")) {
      throw new IllegalArgumentException("A public API key begins with kl_pub_.");
    }
    this.publicApiKey = publicApiKey;
    this.key = key;
    this.clock = clock;
  }

  /**
   * Signs with an {@code ed25519} key.
   *
   * @param publicApiKey {@code kl_pub_…}
   * @param pem the private key as it was shown when the key was made: PKCS#8 in PEM
   * @throws IllegalArgumentException if either is not what it should be; the message quotes nothing
   *     of the private key
   */
  public static KeyledgerSigner ed25519(String publicApiKey, String pem) {
    return new KeyledgerSigner(publicApiKey, SigningKey.ed25519(pem), InstantSource.system());
  }

  /**
   * Signs with an {@code hmac-sha256} key.
   *
   * @param publicApiKey {@code kl_pub_…}
   * @param secret the whole text that was shown when the key was made: {@code kl_sec_…}
   * @throws IllegalArgumentException if either is not what it should be; the message quotes nothing
   *     of the secret
   */
  public static KeyledgerSigner hmacSha256(String publicApiKey, String secret) {
    return new KeyledgerSigner(publicApiKey, SigningKey.hmacSha256(secret), InstantSource.system());
  }

  /**
   * The same request, signed now. Its body is read into memory; its URI is written in the form in
   * which it is sent (lower-case host, no default port, never an empty path).
   *
   * @throws IllegalArgumentException if the request has no absolute http or https URI
   * @throws java.io.UncheckedIOException if the body can't be read
   */
  public HttpRequest sign(HttpRequest request) {
    URI target = Targets.asSent(request.uri());
    byte[] body = Bodies.read(request);
    HttpRequest.Builder signed =
        HttpRequest.newBuilder(request, (name, value) -> !isReplaced(name)).uri(target);
    SignatureBase base =
        new SignatureBase()
            .cover("@method", request.method())
            .cover("@target-uri", target.toString());
    if (body.length > 0) {
      String digest = Bodies.digest(body);
      signed.header("Content-Digest", digest);
      signed.method(request.method(), BodyPublishers.ofByteArray(body));
      base.cover("content-digest", digest);
    }
    String input = base.input(clock.instant().getEpochSecond(), nonce(), publicApiKey, key.name());
    String signature = Base64.getEncoder().encodeToString(key.sign(base.bytes(input)));
    return signed
        .header("Signature-Input", LABEL + "=" + input)
        .header("Signature", LABEL + "=:" + signature + ":")
        .build();
  }

  @Override
  public String toString() {
    return "KeyledgerSigner[" + publicApiKey + ", " + key.name() + "]";
  }

  private String nonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
  }

  private static boolean isReplaced(String name) {
    return REPLACED.contains(name.toLowerCase(Locale.ROOT));
  }
}
