package dev.keyledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierKeyTest {
  private static final String PETER =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String WITNESS =
      "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

  @Test
  void isReadAsItIsWritten() throws MalformedException {
    VerifierKey key = VerifierKey.parse(PETER);

    assertThat(key).hasToString(PETER).isEqualTo(VerifierKey.parse(PETER));
    assertThat(key.name()).isEqualTo("PeterNeumann");
    assertThat(key.id()).isEqualTo(0xc74f20a3);
    assertThat(key.type()).isEqualTo(SignatureType.ED25519);
    assertThat(VerifierKey.parse(WITNESS).type()).isEqualTo(SignatureType.COSIGNATURE);
    assertThat(VerifierKey.parse(WITNESS)).hasToString(WITNESS).isNotEqualTo(key);
  }

  /** As Go's sumdb/note tests it. */
  @Test
  void noPartOfAKeyIsAKey() {
    for (int from = 0; from < PETER.length(); from++) {
      for (int to = from + 1; to <= PETER.length(); to++) {
        String part = PETER.substring(from, to);
        if (!part.equals(PETER)) {
          refuses(part);
        }
      }
    }
  }

  /** As Go's sumdb/note tests it. */
  @Test
  void noKeyWithACharacterChangedIsAKey() {
    byte[] key = PETER.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < key.length; i++) {
      key[i]++;
      refuses(new String(key, StandardCharsets.US_ASCII));
      key[i]--;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Those of Go's sumdb/note: a longer key and an unknown type, with ids that fit.
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+",
      })
  void refusesOtherForms(String vkey) {
    refuses(vkey);
  }

  @Test
  void refusesWhatIsNoPublicKey() {
    byte[] ofSmallOrder = new byte[32];
    ofSmallOrder[0] = 1;

    assertThatThrownBy(() -> VerifierKey.of("a", SignatureType.ED25519, ofSmallOrder))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> VerifierKey.of("a", SignatureType.ED25519, new byte[31]))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> NoteSigner.of("a", new byte[31]))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> NoteSigner.of("a+b", new byte[32]))
        .isInstanceOf(MalformedException.class);
  }

  private static void refuses(String vkey) {
    assertThatThrownBy(() -> VerifierKey.parse(vkey))
        .as(vkey)
        .isInstanceOf(MalformedException.class);
  }
}
