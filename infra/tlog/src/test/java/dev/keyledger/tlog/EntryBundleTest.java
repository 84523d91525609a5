package dev.keyledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryBundleTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void entriesFollowTheirLengths() throws MalformedException {
    byte[] bundle = EntryBundle.encode(List.of(HEX.parseHex("616263"), new byte[0], new byte[1]));

    assertThat(HEX.formatHex(bundle)).isEqualTo("0003616263" + "0000" + "000100");
    assertThat(EntryBundle.decode(bundle))
        .containsExactly(HEX.parseHex("616263"), new byte[0], new byte[1]);
  }

  @Test
  void theLargestBundle() throws MalformedException {
    List<byte[]> entries = Collections.nCopies(256, new byte[65_535]);

    assertThat(EntryBundle.decode(EntryBundle.encode(entries)))
        .hasSize(256)
        .allMatch(entry -> entry.length == 65_535);
  }

  @Test
  void refusesLargerEntriesAndMoreOrNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
        .withMessage("an entry has at most 65535 bytes, not 65536");
    assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.encode(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntryBundle.encode(Collections.nCopies(257, new byte[1])));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "0001", "000361", "000000", "ffff00"})
  void notBundles(String hex) {
    assertThatThrownBy(() -> EntryBundle.decode(HEX.parseHex(hex)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void aBundleOfTooMany() {
    assertThatThrownBy(() -> EntryBundle.decode(new byte[2 * 257]))
        .isInstanceOf(MalformedException.class);
  }
}
