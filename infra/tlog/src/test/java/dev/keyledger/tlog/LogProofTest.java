package dev.keyledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogProofTest {
  private static final List<Hash> LEAVES = Trees.leaves(300);
  private static final int INDEX = 70;

  private final NoteSigner log = NoteSigner.of("example.com/log", new byte[32]);
  private final String proof =
      new LogProof(
              INDEX,
              Trees.tiled(LEAVES).proveInclusion(INDEX),
              SignedNote.sign(
                  new Checkpoint("example.com/log", 300, Trees.root(LEAVES)).text(), log))
          .toString();

  LogProofTest() throws Exception {}

  @Test
  void isWrittenAsSpecified() {
    assertThat(proof)
        .startsWith("c2sp.org/tlog-proof@v1\nindex 70\n" + Trees.leaf(71) + "\n")
        .contains("\n\nexample.com/log\n300\n" + Trees.root(LEAVES) + "\n\n— example.com/log ");
    assertThat(proof.lines()).hasSize(2 + 9 + 1 + 5);
  }

  @Test
  void provesTheEntryAtItsPlace() throws Exception {
    LogProof read = LogProof.parse(proof);

    assertThat(read).hasToString(proof);
    assertThat(read.verify(LEAVES.get(INDEX), log.verifierKey()).size()).isEqualTo(300);
  }

  @Test
  void provesNothingElse() throws Exception {
    VerifierKey other = NoteSigner.of("example.com/log", Trees.leaf(0).bytes()).verifierKey();

    assertThatThrownBy(() -> LogProof.parse(proof).verify(LEAVES.get(0), log.verifierKey()))
        .isInstanceOf(UnverifiedException.class)
        .hasMessage("the log does not have the entry at 70");
    assertThatThrownBy(() ->
            LogProof.parse(proof.replace("index 70", "index 71"))
                .verify(LEAVES.get(INDEX), log.verifierKey()))
        .isInstanceOf(UnverifiedException.class);
    assertThatThrownBy(() -> LogProof.parse(proof).verify(LEAVES.get(INDEX), other))
        .isInstanceOf(UnverifiedException.class)
        .hasMessage("no known key signed the note");
  }

  @Test
  void takesExtraDataForNothing() throws Exception {
    assertThat(LogProof.parse(proof.replace("\nindex", "\nextra aGVsbG8=\nindex")))
        .hasToString(proof);
  }

  @Test
  void aLogOfOneEntryNeedsNoHashes() throws Exception {
    Checkpoint one = new Checkpoint("example.com/log", 1, LEAVES.getFirst());
    String text = new LogProof(0, List.of(), SignedNote.sign(one.text(), log)).toString();

    assertThat(LogProof.parse(text).verify(LEAVES.getFirst(), log.verifierKey())).isEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c2sp.org/tlog-proof@v2\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\n\n",
        "c2sp.org/tlog-proof@v1\nindex\n\n",
        "c2sp.org/tlog-proof@v1\nindex 00\n\n",
        "c2sp.org/tlog-proof@v1\nindex -1\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\nextra aGVsbG8=\n\n",
        "c2sp.org/tlog-proof@v1\nextra aGVsbG8\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n",
        "",
      })
  void notProofs(String head) {
    String checkpoint = proof.substring(proof.indexOf("\n\n") + 2);

    assertThatThrownBy(() -> LogProof.parse(head + checkpoint))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void hasAtMost63Hashes() {
    String hashes = (Trees.leaf(0) + "\n").repeat(64);

    assertThatThrownBy(() -> LogProof.parse(proof.replace("index 70\n", "index 70\n" + hashes)))
        .isInstanceOf(MalformedException.class);
  }
}
