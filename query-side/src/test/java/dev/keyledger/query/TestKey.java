package dev.keyledger.query;

import static dev.keyledger.query.Events.NOON;

import dev.keyledger.crypto.ApiSecrets;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.RateLimit;
import dev.keyledger.query.memory.KeyId;
import dev.keyledger.signatures.RequestSigner;
import dev.keyledger.signatures.SignedRequest;
import dev.keyledger.testkit.TestPlatform;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key that requests can be signed with. */
public final class TestKey {
  /** The root key that secrets are derived from here. */
  public static final String ROOT_KEY_ID = "test";

  private static final URI TARGET = URI.create("https://api.exchange.example/v1/orders?side=buy");

  private final String publicApiKey;
  private final @Nullable String verificationKey;
  private final RequestSigner signer;

  private TestKey(String publicApiKey, @Nullable String verificationKey, RequestSigner signer) {
    this.publicApiKey = publicApiKey;
    this.verificationKey = verificationKey;
    this.signer = signer;
  }

  public static TestKey hmac() {
    String publicApiKey = newPublicApiKey();
    RootKeys rootKeys = new RootKeys(ROOT_KEY_ID, Map.of(ROOT_KEY_ID, TestPlatform.ROOT_KEY));
    String secret = new ApiSecrets(rootKeys).derive(ROOT_KEY_ID, publicApiKey).reveal();
    return new TestKey(publicApiKey, null, RequestSigner.hmac(publicApiKey, secret));
  }

  public static TestKey ed25519() {
    try {
      String publicApiKey = newPublicApiKey();
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] x509 = pair.getPublic().getEncoded();
      byte[] raw = Arrays.copyOfRange(x509, x509.length - 32, x509.length);
      String pem = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
      return new TestKey(
          publicApiKey,
          Base64.getEncoder().encodeToString(raw),
          RequestSigner.ed25519(publicApiKey, pem));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A public API key that was not there before. */
  public static String newPublicApiKey() {
    UUID random = UUID.randomUUID();
    return new KeyId(random.getMostSignificantBits(), random.getLeastSignificantBits()).text();
  }

  /** What this key signs and is checked with, under another's public API key. */
  public TestKey named(String other) {
    return new TestKey(other, verificationKey, signer);
  }

  public String publicApiKey() {
    return publicApiKey;
  }

  public KeyId id() {
    return KeyId.parse(publicApiKey).orElseThrow();
  }

  /** A key that may read and trade, from everywhere and for ever. */
  public KeyCreated created(String account) {
    return created(account, List.of(), null, null);
  }

  public KeyCreated created(
      String account,
      List<String> trustedIps,
      @Nullable RateLimit rateLimit,
      @Nullable Instant expiresAt) {
    return new KeyCreated(
        account,
        NOON,
        "challenge-1",
        publicApiKey,
        "Bot 1",
        verificationKey == null ? "hmac-sha256" : "ed25519",
        verificationKey,
        verificationKey == null ? ROOT_KEY_ID : null,
        List.of("read", "trade"),
        trustedIps,
        rateLimit,
        expiresAt);
  }

  public RequestSigner signer() {
    return signer;
  }

  /** A signed GET request. */
  public SignedRequest sign(Instant created, String nonce) {
    return signer.sign(get(), created, nonce);
  }

  /** A GET request that is not signed. */
  public static SignedRequest get() {
    return new SignedRequest("GET", TARGET, Map.of(), new byte[0]);
  }

  /** A POST request that is not signed. */
  public static SignedRequest post(byte[] body) {
    return new SignedRequest("POST", TARGET, Map.of(), body);
  }
}
