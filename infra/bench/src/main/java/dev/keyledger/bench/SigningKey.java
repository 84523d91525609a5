package dev.keyledger.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import tools.jackson.databind.JsonNode;

/** A key that signs requests as its holder does (RFC 9421), so that they can be asked about. */
final class SigningKey {
  private static final String TARGET = "https://api.example.com/v1/orders?symbol=BTC-EUR";

  /** RFC 8410 section 7: the 32 bytes of the key are the last ones. */
  private static final int KEY_BYTES = 32;

  private final String publicApiKey;
  private final String algorithm;
  private final String secret;

  private SigningKey(String publicApiKey, String algorithm, String secret) {
    this.publicApiKey = publicApiKey;
    this.algorithm = algorithm;
    this.secret = secret;
  }

  static SigningKey of(Answer created) {
    JsonNode answer = created.json();
    return new SigningKey(
        answer.get("key").get("publicApiKey").asString(),
        answer.get("secret").get("algorithm").asString(),
        answer.get("secret").get("value").asString());
  }

  String publicApiKey() {
    return publicApiKey;
  }

  /** The key as a line for the bare endpoint: name, algorithm and what verifies its signatures. */
  String line() {
    String verifiesWith =
        isHmac()
            ? secret
            : Base64.getEncoder().encodeToString(privateKey().generatePublicKey().getEncoded());
    return publicApiKey + " " + algorithm + " " + verifiesWith;
  }

  /** The question of a gateway about a fresh request of this key. */
  String question() {
    String input =
        "(\"@method\" \"@target-uri\");created=%d;nonce=\"%s\";keyid=\"%s\";alg=\"%s\""
            .formatted(Instant.now().getEpochSecond(), UUID.randomUUID(), publicApiKey, algorithm);
    String base =
        "\"@method\": GET\n\"@target-uri\": " + TARGET + "\n\"@signature-params\": " + input;
    String signature = Base64.getEncoder().encodeToString(sign(base.getBytes(US_ASCII)));
    return """
    {"permission":"read","sourceIp":"203.0.113.7","request":{"method":"GET","targetUri":"%s",\
    "headers":{"Host":"api.example.com","Accept":"application/json","User-Agent":"bench",\
    "Signature-Input":"sig=%s","Signature":"sig=:%s:"}}}\
    """
        .formatted(TARGET, input.replace("\"", "\\\""), signature);
  }

  private boolean isHmac() {
    return algorithm.equals("hmac-sha256");
  }

  private byte[] sign(byte[] base) {
    if (!isHmac()) {
      Ed25519Signer signer = new Ed25519Signer();
      signer.init(true, privateKey());
      signer.update(base, 0, base.length);
      return signer.generateSignature();
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(US_ASCII), "HmacSHA256"));
      return mac.doFinal(base);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every JDK has HMAC-SHA-256.", impossible);
    }
  }

  private Ed25519PrivateKeyParameters privateKey() {
    String base64 = secret.replaceAll("-----[A-Z ]+-----|\\s", "");
    byte[] pkcs8 = Base64.getDecoder().decode(base64);
    return new Ed25519PrivateKeyParameters(pkcs8, pkcs8.length - KEY_BYTES);
  }
}
