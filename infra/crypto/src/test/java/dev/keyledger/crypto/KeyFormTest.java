package dev.keyledger.crypto;

import static dev.keyledger.crypto.KeyForm.API_SECRET;
import static dev.keyledger.crypto.KeyForm.PUBLIC_API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of keys, with those of {@code docs/derivation.md}. */
class KeyFormTest {
  private static final String PUBLIC = "kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUDa";
  private static final String SECRET = "kl_sec_Xh8VCImisOa7raadEBAMMenbPDwf3BrId7SDFjsywXu1SQIhq";

  @Test
  void writesWhatThePageSays() {
    byte[] bytes = Keys.HEX.parseHex("101112131415161718191a1b1c1d1e1f");

    assertThat(PUBLIC_API_KEY.write(bytes)).isEqualTo(PUBLIC);
  }

  @Test
  void knowsItsOwn() {
    assertThat(PUBLIC_API_KEY.fits(PUBLIC)).isTrue();
    assertThat(API_SECRET.fits(SECRET)).isTrue();
    assertThat(PUBLIC_API_KEY.fits(SECRET)).isFalse();
    assertThat(API_SECRET.fits(PUBLIC)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kl_pub_",
        "kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUDb",
        "kl_pub_1UJg4EBGO3cQWJhXqJNbv52LBUDa",
        "kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUD",
        "kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUDaa",
        "kl_sec_0UJg4EBGO3cQWJhXqJNbv52LBUDa",
        "KL_PUB_0UJg4EBGO3cQWJhXqJNbv52LBUDa",
        "kl_pub_0UJg4EBGO3cQWJhXqJNbv5-LBUDa",
        "kl_pub_ÜUJg4EBGO3cQWJhXqJNbv52LBUDa",
        "kl_pub_ÜJg4EBGO3cQWJhXqJNbv52LBUDa",
        "kl_pub_\ud83d\ude00Jg4EBGO3cQWJhXqJNbv52LBUDa",
      })
  void refusesWhatIsNot(String text) {
    assertThat(PUBLIC_API_KEY.fits(text)).isFalse();
    assertThat(PUBLIC_API_KEY.read(text)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatItWrote(KeyForm form) {
    Random random = new Random(1);
    byte[] bytes = new byte[form == PUBLIC_API_KEY ? 16 : 32];
    for (int n = 0; n < 5_000; n++) {
      random.nextBytes(bytes);
      Arrays.fill(bytes, 0, random.nextInt(3), (byte) 0);

      assertThat(form.read(form.write(bytes)))
          .hasValueSatisfying(read -> assertThat(read).isEqualTo(bytes));
    }
  }

  @Test
  void refusesDigitsOfMoreBytes() {
    String most = PUBLIC_API_KEY.write(Keys.HEX.parseHex("ff".repeat(16)));
    assertThat(most).startsWith("kl_pub_7n42DGM5Tflk9n8mt7Fhc7");

    assertThat(PUBLIC_API_KEY.fits(most)).isTrue();
    assertThat(PUBLIC_API_KEY.fits(Checksums.appendTo("kl_pub_7n42DGM5Tflk9n8mt7Fhc8"))).isFalse();
    assertThat(API_SECRET.fits(Checksums.appendTo("kl_sec_" + "z".repeat(43)))).isFalse();
  }
}
