package dev.keyledger.query.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are addresses. */
class SourceAddressTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::1, 0:0:0:0:0:0:0:1",
    "::, 0:0:0:0:0:0:0:0",
    "1::, 1:0:0:0:0:0:0:0",
    "2001:DB8::a, 2001:db8:0:0:0:0:0:a",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    "::ffff:203.0.113.7, 203.0.113.7",
    "::FFFF:cb00:7107, 203.0.113.7"
  })
  void anAddressIsTaken(String text, String address) {
    assertThat(SourceAddress.parse(text).orElseThrow().getHostAddress()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3.256",
        "1.2.3.4/32",
        "0x1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4%1",
        "::1%lo",
        "[::1]",
        ":",
        ":::",
        "1:2:3:4:5:6:7:8:9",
        "g::",
        "12345::",
        "1::2::3",
        "::1.2.3",
        "::01.2.3.4",
        "::ffff:1.2.3.4:1",
        "localhost",
        "example.com",
        "１.2.3.4",
        "fe80::1/64"
      })
  void nothingElseIs(String text) {
    assertThat(SourceAddress.parse(text)).isEmpty();
  }

  @Test
  void noTextIsLookedUpOrFails() {
    Random random = new Random(1);
    String alphabet = "0123456789abcdefABCDEF:.%/[]g ";
    for (int n = 0; n < 200_000; n++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(50); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      SourceAddress.parse(text.toString())
          .map(InetAddress::getHostAddress)
          .ifPresent(address -> assertThat(SourceAddress.parse(address)).isPresent());
    }
  }
}
