package dev.keyledger.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Base62 and its checksum, against numbers worked out by another program and in a simple way. */
class Base62Test {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

  @ParameterizedTest
  @CsvSource({
    "00, 1, 0",
    "00, 6, 000000",
    "3d, 1, z",
    "3e, 2, 10",
    "00003e, 3, 010",
    "ffffffff, 6, 4gfFC3",
    "ffffffffffffffff, 11, LygHa16AHYF",
    "ffffffffffffffffffffffff, 17, 1f2SI9UJPXvb7vdJ1",
    "ffffffffffffffffffffffffffffffff, 22, 7n42DGM5Tflk9n8mt7Fhc7",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, 43,"
        + " yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp1",
  })
  void writesOneUnsignedNumberInTheGivenLength(String hex, int length, String expected) {
    assertThat(Base62.encode(Keys.HEX.parseHex(hex), length)).isEqualTo(expected);
  }

  /** The check value of CRC-32 (IEEE) is cbf43926 for 123456789. */
  @Test
  void appendsTheCheckValueOfCrc32() {
    assertThat(Checksums.appendTo("123456789"))
        .isEqualTo("123456789" + Base62.encode(Keys.HEX.parseHex("cbf43926"), 6))
        .isEqualTo("1234567893jZRME");
  }

  @Test
  void padsTheChecksum() {
    assertThat(Checksums.appendTo("")).isEqualTo("000000");
    assertThat(Checksums.appendTo("a")).isEqualTo("a4GEHKN");
  }

  @Test
  void agreesWithSchoolArithmetic() {
    Random random = new Random(1);
    for (int n = 0; n < 20_000; n++) {
      byte[] number = new byte[random.nextInt(40)];
      random.nextBytes(number);
      int length = digits(new BigInteger(1, number)).length() + random.nextInt(8);

      assertThat(Base62.encode(number, length)).isEqualTo(padded(number, length));
    }
  }

  @Test
  void refusesANumberThatIsTooLong() {
    Random random = new Random(2);
    for (int n = 0; n < 2_000; n++) {
      byte[] number = new byte[1 + random.nextInt(40)];
      random.nextBytes(number);
      number[0] |= 1;
      int least = digits(new BigInteger(1, number)).length();
      int tooFew = random.nextInt(least);

      assertThatIllegalArgumentException().isThrownBy(() -> Base62.encode(number, tooFew));
    }
  }

  @Test
  void readsAnyDigitsAsSchoolArithmeticDoes() {
    Random random = new Random(3);
    for (int n = 0; n < 20_000; n++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(50); length > 0; length--) {
        text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
      }
      int words = 1 + random.nextInt(10);
      BigInteger number = BigInteger.ZERO;
      for (int i = 0; i < text.length(); i++) {
        number = number.multiply(BASE).add(BigInteger.valueOf(DIGITS.indexOf(text.charAt(i))));
      }

      var read = Base62.read(ascii(text.toString()), 0, text.length(), 4 * words);

      assertThat(read.map(bytes -> new BigInteger(1, bytes)).orElse(BigInteger.ONE.negate()))
          .isEqualTo(number.bitLength() <= 32 * words ? number : BigInteger.ONE.negate());
    }
  }

  @Test
  void checksumsAreThoseOfTheJdk() {
    Random random = new Random(4);
    for (int n = 0; n < 5_000; n++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(60); length > 0; length--) {
        text.append((char) (' ' + random.nextInt(95)));
      }
      CRC32 crc = new CRC32();
      crc.update(ascii(text.toString()));
      String expected = text + padded(BigInteger.valueOf(crc.getValue()).toByteArray(), 6);

      assertThat(Checksums.appendTo(text.toString())).isEqualTo(expected);
      assertThat(Base62.checksumFits(ascii(expected))).isTrue();
      byte[] other = ascii(expected);
      other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(7));
      assertThat(Base62.checksumFits(other)).isFalse();
    }
  }

  private static String padded(byte[] number, int length) {
    String digits = digits(new BigInteger(1, number));
    return "0".repeat(length - digits.length()) + digits;
  }

  /** One digit after the other, none for zero. */
  private static String digits(BigInteger number) {
    StringBuilder reversed = new StringBuilder();
    for (BigInteger rest = number; rest.signum() > 0; rest = rest.divide(BASE)) {
      reversed.append(DIGITS.charAt(rest.mod(BASE).intValue()));
    }
    return reversed.reverse().toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
