package dev.keyledger.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.crypto.DerivationVectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the derivation to the vectors in {@code docs/derivation.md}. */
class DerivationVectorsTest {

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void infoAndDerivedBytesAreThoseOfThePage(Purpose purpose) {
    Vector vector = DerivationVectors.of(purpose);

    assertThat(Keys.HEX.formatHex(purpose.info(vector.context()))).isEqualTo(vector.info());
    assertThat(
            Keys.HEX.formatHex(
                vector
                    .rootKeys()
                    .derive("a", purpose, vector.derived().length() / 2, vector.context())))
        .isEqualTo(vector.derived());
  }

  @Test
  void apiSecret() {
    Vector vector = DerivationVectors.of(Purpose.API_SECRET);

    assertThat(new ApiSecrets(vector.rootKeys()).derive("a", vector.context()[0]).reveal())
        .isEqualTo(vector.result());
  }
}
