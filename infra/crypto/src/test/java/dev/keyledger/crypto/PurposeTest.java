package dev.keyledger.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No two purposes and no two contexts share an {@code info}, so no two secrets coincide. */
class PurposeTest {

  @Test
  void partsDoNotRunIntoEachOther() {
    assertThat(hex(Purpose.TOTP_SECRET, "ab", "c"))
        .isNotEqualTo(hex(Purpose.TOTP_SECRET, "a", "bc"));
    assertThat(hex(Purpose.TOTP_SECRET, "ab", "")).isNotEqualTo(hex(Purpose.TOTP_SECRET, "ab"));
  }

  @Test
  void purposesDoNotMeet() {
    List<String> infos = Arrays.stream(Purpose.values()).map(p -> hex(p, "x")).toList();

    assertThat(infos).doesNotHaveDuplicates();
  }

  @Test
  void countsBytesAndNotCharacters() {
    assertThat(hex(Purpose.API_SECRET, "ü")).endsWith("0002" + "c3bc");
    assertThat(hex(Purpose.API_SECRET, "x".repeat(255))).contains("00ff" + "78");
    assertThat(hex(Purpose.API_SECRET, "x".repeat(256))).contains("0100" + "78");
  }

  private static String hex(Purpose purpose, String... context) {
    return Keys.HEX.formatHex(purpose.info(context));
  }
}
