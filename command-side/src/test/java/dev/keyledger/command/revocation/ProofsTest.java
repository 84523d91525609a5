package dev.keyledger.command.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.crypto.ApiSecrets;
import dev.keyledger.crypto.Ed25519Verifier;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.signatures.RequestSigner;
import dev.keyledger.signatures.SignedRequest;
import dev.keyledger.testkit.TestPlatform;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the verifier of proofs is looked for, which takes a moment. */
class ProofsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final SignedRequest REQUEST =
      new SignedRequest(
          "POST", URI.create("https://keys.example/v1/revocations"), Map.of(), new byte[0]);

  private int looked;
  private final Proofs proofs =
      new Proofs(
          new InMemoryKeyHandles(),
          new ApiSecrets(new RootKeys("test", Map.of("test", TestPlatform.ROOT_KEY))),
          () -> {
            looked++;
            return Ed25519Verifier.fastest();
          },
          InstantSource.fixed(NOW));

  @Test
  void notBeforeThereIsAProof() {
    assertThat(proofs.keyOf(REQUEST)).isEmpty();

    assertThat(looked).isZero();
  }

  @Test
  void forAProofThatNeedsItNotToo() {
    RequestSigner unknown = RequestSigner.hmac("kl_pub_unknown", "x");

    assertThat(proofs.keyOf(unknown.sign(REQUEST, NOW, "n"))).isEmpty();

    assertThat(looked).isEqualTo(1);
  }
}
