package dev.keyledger.command.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.crypto.KeyFactory;
import dev.keyledger.command.keyring.Algorithm;
import dev.keyledger.command.keyring.Tools.NewKey;
import dev.keyledger.command.revocation.Fingerprints.Fingerprint;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.testkit.TestPlatform;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintsTest {
  private static final KeyFactory KEYS =
      new KeyFactory(
          new SecureRandom(), new RootKeys("test", Map.of("test", TestPlatform.ROOT_KEY)));

  @Test
  void aPrivateKeyIsRecognisedByItsPublicKeyHoweverItWasCopied() {
    NewKey made = KEYS.make(Algorithm.ED25519, null);
    Fingerprint expected =
        new Fingerprint(Algorithm.ED25519, Objects.requireNonNull(made.verificationKey()));
    String pem = secretOf(made);

    assertThat(Fingerprints.of(pem)).contains(expected);
    assertThat(Fingerprints.of("\n  " + pem.replace("\n", "\r\n") + "\n\n")).contains(expected);
  }

  @Test
  void aSecretIsRecognisedByItsHash() {
    NewKey made = KEYS.make(Algorithm.HMAC_SHA256, null);
    String secret = secretOf(made);

    assertThat(Fingerprints.of(" " + secret + "\n"))
        .contains(new Fingerprint(Algorithm.HMAC_SHA256, Fingerprints.ofApiSecret(secret)));
    assertThat(Fingerprints.ofApiSecret(secret)).hasSize(44).doesNotContain(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "kl_sec_",
        "kl_sec_0000000000000000000000000000000000000000000000000",
        "kl_pub_0000000000000000000000000000",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----",
        // An X25519 key (RFC 8410 section 4), which signs nothing.
        """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VuBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
        -----END PRIVATE KEY-----
        """,
        "\u0000\ud800"
      })
  void isNothingElse(String secret) {
    assertThat(Fingerprints.of(secret)).isEmpty();
  }

  @Test
  void isNothingThatIsTooLong() {
    assertThat(Fingerprints.of(secretOf(KEYS.make(Algorithm.ED25519, null)) + " ".repeat(1_024)))
        .isEmpty();
  }

  private static String secretOf(NewKey made) {
    return Objects.requireNonNull(made.secret()).reveal();
  }
}
