package dev.keyledger.signatures;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Parser;

/** Signs requests for tests: as the contract asks, or with any components and parameters at all. */
public final class RequestSigner {
  private final String keyId;
  private final String alg;
  private final Primitive primitive;

  private RequestSigner(String keyId, String alg, Primitive primitive) {
    this.keyId = keyId;
    this.alg = alg;
    this.primitive = primitive;
  }

  /**
   * Signs with {@code hmac-sha256}.
   *
   * @param secret the whole text as its holder was shown it
   */
  public static RequestSigner hmac(String keyId, String secret) {
    byte[] key = secret.getBytes(StandardCharsets.US_ASCII);
    return new RequestSigner(keyId, "hmac-sha256", base -> hmac(key, base));
  }

  /**
   * Signs with {@code ed25519}.
   *
   * @param pem a private key in PKCS#8
   */
  public static RequestSigner ed25519(String keyId, String pem) {
    PrivateKey key = privateKey(pem);
    return new RequestSigner(keyId, "ed25519", base -> ed25519(key, base));
  }

  /** Signs as the contract asks, with a Content-Digest where there is a body. */
  public SignedRequest sign(SignedRequest request, Instant created, String nonce) {
    return sign(request, created, nonce, request.hasBody() ? List.of("content-digest") : List.of());
  }

  /** Signs these header fields too. */
  public SignedRequest sign(
      SignedRequest request, Instant created, String nonce, List<String> fields) {
    SignedRequest complete =
        request.hasBody() && !request.headers().containsKey("content-digest")
            ? with(request, "content-digest", digest(request.body()))
            : request;
    String more = fields.stream().map(f -> " \"" + f + "\"").collect(Collectors.joining());
    return sign(
        complete,
        "(\"@method\" \"@target-uri\"%s);created=%d;keyid=\"%s\";alg=\"%s\";nonce=\"%s\""
            .formatted(more, created.getEpochSecond(), keyId, alg, nonce));
  }

  /**
   * Signs anything.
   *
   * @param input components and parameters as in a member of Signature-Input, after the label
   */
  public SignedRequest sign(SignedRequest request, String input) {
    try {
      InnerList covered = Parser.parseInnerList(input);
      byte[] signature = primitive.sign(SignatureBase.of(request, covered));
      return with(
          with(request, "signature-input", "sig1=" + input),
          "signature",
          "sig1=:" + Base64.getEncoder().encodeToString(signature) + ":");
    } catch (RefusedException | GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The request with another header. */
  public static SignedRequest with(SignedRequest request, String name, String... values) {
    Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
    headers.put(name, List.of(values));
    return new SignedRequest(request.method(), request.targetUri(), headers, request.body());
  }

  /** The value of Content-Digest for a body, with sha-256. */
  public static String digest(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] hmac(byte[] key, byte[] base) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(base);
  }

  private static byte[] ed25519(PrivateKey key, byte[] base) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(base);
    return signature.sign();
  }

  private static PrivateKey privateKey(String pem) {
    String base64 = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private interface Primitive {
    byte[] sign(byte[] base) throws GeneralSecurityException;
  }
}
