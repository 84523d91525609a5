package dev.keyledger.command.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.keyring.Algorithm;
import dev.keyledger.crypto.DerivationVectors;
import dev.keyledger.crypto.DerivationVectors.Vector;
import dev.keyledger.crypto.Purpose;
import dev.keyledger.crypto.SecretText;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Holds what is made of derived bytes to the vectors in {@code docs/derivation.md}. */
class DerivationVectorsTest {
  @Test
  void challengeId() {
    Vector vector = DerivationVectors.of(Purpose.CHALLENGE_ID);
    String account = vector.context()[0];
    RandomIdentifiers identifiers = new RandomIdentifiers(countingFrom(0xa0), vector.rootKeys());

    assertThat(identifiers.newChallengeId(account)).isEqualTo(vector.result());
    assertThat(identifiers.isChallengeOf(account, vector.result())).isTrue();
  }

  @Test
  void emailCodes() {
    Vector vector = DerivationVectors.of(Purpose.EMAIL_CODE);
    DerivedCodes codes = new DerivedCodes(vector.rootKeys(), 8);
    String challenge = vector.context()[0];

    assertThat(
            codes.emailCode("a", challenge, 1).reveal()
                + " "
                + codes.emailCode("a", challenge, 2).reveal())
        .isEqualTo(vector.result());
  }

  @Test
  void totpSecret() {
    Vector vector = DerivationVectors.of(Purpose.TOTP_SECRET);
    DerivedCodes codes = new DerivedCodes(vector.rootKeys(), 8);
    String[] secretAndCode = vector.result().split(" ", -1);

    SecretText secret = codes.totpSecret("a", vector.context()[0], vector.context()[1]);

    assertThat(secret.reveal()).isEqualTo(secretAndCode[0]);
    assertThat(
            codes.matchingStep(
                secret, SecretText.of(secretAndCode[1]), Instant.parse("2026-09-13T23:30:00Z")))
        .hasValue(59644740);
  }

  @Test
  void apiSecret() {
    Vector vector = DerivationVectors.of(Purpose.API_SECRET);
    KeyFactory factory = new KeyFactory(countingFrom(0x10), vector.rootKeys());

    var made = factory.make(Algorithm.HMAC_SHA256, null);

    assertThat(made.publicApiKey()).isEqualTo(vector.context()[0]);
    assertThat(made.secret()).isNotNull();
    assertThat(made.secret().reveal()).isEqualTo(vector.result());
  }

  /** Randomness that counts, so that its result is known. */
  private static SecureRandom countingFrom(int first) {
    return new SecureRandom() {
      @Override
      public void nextBytes(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (first + i);
        }
      }
    };
  }
}
