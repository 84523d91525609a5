package dev.keyledger.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Holds the code to the example in {@code docs/log.md}. */
class LogPageTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void theEntry() throws MalformedException {
    assertThat(HEX.formatHex(LogPage.entry().bytes())).isEqualTo(HEX.formatHex(LogPage.bytes()));
    assertThat(LogEntry.decode(LogPage.bytes()).attribute("id"))
        .isEqualTo("acct-7f3a:4".getBytes(UTF_8));
  }

  @Test
  void theLeafAndItsBundleAndTile() throws MalformedException {
    String leaf = LogPage.block("leaf").strip();
    TileWriter log = new TileWriter();
    log.append(LogPage.entry().leafHash());

    assertThat(HEX.formatHex(LogPage.entry().leafHash().bytes())).isEqualTo(leaf);
    assertThat(HEX.formatHex(log.root().bytes())).isEqualTo(leaf);
    assertThat(HEX.formatHex(EntryBundle.encode(List.of(LogPage.bytes()))))
        .isEqualTo("01df" + HEX.formatHex(LogPage.bytes()));
    log.takeTiles()
        .forEach((tile, bytes) -> {
          assertThat(tile.path()).isEqualTo("tile/0/000.p/1");
          assertThat(new Tile(Tile.ENTRIES, tile.index(), tile.width()).path())
              .isEqualTo("tile/entries/000.p/1");
          assertThat(HEX.formatHex(bytes)).isEqualTo(leaf);
        });
  }

  @Test
  void theCheckpoint() throws Exception {
    byte[] privateKey = new byte[32];
    IntStream.range(0, 32).forEach(i -> privateKey[i] = (byte) i);
    NoteSigner signer = NoteSigner.of("keyledger.example/log", privateKey);
    Checkpoint checkpoint = new Checkpoint("keyledger.example/log", 1, LogPage.entry().leafHash());

    assertThat(signer.verifierKey() + "\n").isEqualTo(LogPage.block("vkey"));
    assertThat(SignedNote.sign(checkpoint.text(), signer)).hasToString(LogPage.block("checkpoint"));
    assertThat(
            Checkpoint.open(
                LogPage.block("checkpoint").getBytes(UTF_8),
                VerifierKey.parse(LogPage.block("vkey").strip())))
        .isEqualTo(checkpoint);
  }
}
