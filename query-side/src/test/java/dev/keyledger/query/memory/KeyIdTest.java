package dev.keyledger.query.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.crypto.Checksums;
import dev.keyledger.crypto.KeyForm;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bits behind a public API key. */
class KeyIdTest {

  @Test
  void isWrittenAsKeysAreMade() {
    Random random = new Random(1);
    for (int n = 0; n < 10_000; n++) {
      KeyId id = new KeyId(random.nextLong(), random.nextLong());
      byte[] bytes = ByteBuffer.allocate(16).putLong(id.high()).putLong(id.low()).array();

      assertThat(id.text()).isEqualTo(KeyForm.PUBLIC_API_KEY.write(bytes));
      assertThat(KeyId.parse(id.text())).contains(id);
    }
  }

  @Test
  void takesTheSmallestAndTheGreatest() {
    for (KeyId id : new KeyId[] {new KeyId(0, 0), new KeyId(-1, -1), new KeyId(0, -1)}) {
      assertThat(KeyId.parse(id.text())).contains(id);
    }
  }

  @Test
  void takesNoTextWithAnyOtherCharacter() {
    String text = new KeyId(42, 7).text();
    Set<String> taken = new HashSet<>();
    for (int at = 0; at < text.length(); at++) {
      for (char c = 0; c < 0x180; c++) {
        String other = text.substring(0, at) + c + text.substring(at + 1);
        KeyId.parse(other).ifPresent(_ -> taken.add(other));
      }
    }
    assertThat(taken).containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kl_pub_",
        "k1",
        "kl_sec_0UJg4EBGO3cQWJhXqJNbv52LBUDa",
        "KL_PUB_0UJg4EBGO3cQWJhXqJNbv52LBUDa",
        "kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUDa0",
        "kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUDb"
      })
  void takesNothingElse(String text) {
    assertThat(KeyId.parse(text)).isEmpty();
  }

  @Test
  void takesNoMoreThan128Bits() {
    String most = new KeyId(-1, -1).text();
    for (String digits : new String[] {"7n42DGM5Tflk9n8mt7Fhc8", "zzzzzzzzzzzzzzzzzzzzzz"}) {
      assertThat(digits).isGreaterThan(most.substring(7, 29));
      assertThat(KeyId.parse(Checksums.appendTo("kl_pub_" + digits))).isEmpty();
    }
  }
}
