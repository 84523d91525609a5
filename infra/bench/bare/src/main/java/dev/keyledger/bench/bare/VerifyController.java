package dev.keyledger.bench.bare;

import dev.keyledger.crypto.Ed25519Verifier;
import dev.keyledger.crypto.HmacSha256;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.signatures.ParsedSignature;
import dev.keyledger.signatures.ParsedSignature.Signature;
import dev.keyledger.signatures.SignedRequest;
import dev.keyledger.signatures.SignedRequests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Answers whether a request is signed with the key that it names. */
@RestController
class VerifyController {
  private static final byte[] NO_BODY = {};

  private final Ed25519Verifier ed25519 = Ed25519Verifier.fastest();
  private final Map<String, Check> checks = new HashMap<>();

  /** How signatures of one key are checked. */
  private interface Check {
    boolean matches(byte[] base, byte[] signature);
  }

  record Question(String permission, String sourceIp, Asked request) {}

  record Asked(String method, String targetUri, Map<String, String> headers) {}

  record Verdict(boolean valid, String publicApiKey) {}

  /**
   * @param file a line for each key: its name, its algorithm, what verifies its signatures
   */
  VerifyController(@Value("${bench.keys}") Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ", -1);
      checks.put(words[0], check(words[1], words[2]));
    }
  }

  @PostMapping("/verifications")
  Verdict verify(@RequestBody Question question) {
    Map<String, List<String>> headers = new HashMap<>();
    question.request().headers().forEach((name, value) -> headers.put(name, List.of(value)));
    ParsedSignature parsed =
        SignedRequests.parse(
            new SignedRequest(
                question.request().method(),
                URI.create(question.request().targetUri()),
                headers,
                NO_BODY));
    return parsed instanceof Signature signature && checks.containsKey(signature.keyId())
        ? new Verdict(matches(signature), signature.keyId())
        : new Verdict(false, "");
  }

  private boolean matches(Signature signature) {
    return checks
        .getOrDefault(signature.keyId(), (_, _) -> false)
        .matches(signature.base(), signature.signature());
  }

  private Check check(String algorithm, String verifiesWith) {
    if (algorithm.equals("hmac-sha256")) {
      SecretText secret = SecretText.of(verifiesWith);
      return (base, signature) -> HmacSha256.verify(secret, base, signature);
    }
    byte[] publicKey = Base64.getDecoder().decode(verifiesWith);
    return (base, signature) -> ed25519.verify(publicKey, base, signature);
  }
}
