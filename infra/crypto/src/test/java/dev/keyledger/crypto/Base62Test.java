package dev.keyledger.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Base62 and its checksum, against numbers worked out by another program. */
class Base62Test {

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
    assertThat(Base62.withChecksum("123456789"))
        .isEqualTo("123456789" + Base62.encode(Keys.HEX.parseHex("cbf43926"), 6))
        .isEqualTo("1234567893jZRME");
  }

  @Test
  void padsTheChecksum() {
    assertThat(Base62.withChecksum("")).isEqualTo("000000");
    assertThat(Base62.withChecksum("a")).isEqualTo("a4GEHKN");
  }
}
