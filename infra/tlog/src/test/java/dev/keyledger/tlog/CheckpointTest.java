package dev.keyledger.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  /** The example in tlog-checkpoint and tlog-cosignature, whose keys were not published. */
  private static final String EXAMPLE =
      """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
      """;

  /** As a public log of Certificate Transparency gave it out, with its public key. */
  private static final String ARCHE =
      """
      arche2025h1.staging.ct.transparency.dev
      1432088532
      U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

      — arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
      — arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
      — transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
      — remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
      """;

  private static final String ARCHE_KEY =
      "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f";
  private static final String REMORA_KEY =
      "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

  /** Of the checksum database of Go, whose key has another name than its origin. */
  private static final String SUMDB =
      """
      go.sum database tree
      65209736
      5+uGFjx6xBZG8ip1+wi77v+grwbhhukIrxEUS8PXvRo=

      — sum.golang.org Az3grnbssgK7ubgFX36gVETtNv0U23qxyAhAMai2QUfeGa3nB/akvkMdlUErfcZz7l/R3cVtYspg3dxXABkGZZKdsQ8=
      """;

  private static final String SUMDB_KEY =
      "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
  private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

  @Test
  void theExampleOfTheSpecification() throws Exception {
    Checkpoint checkpoint = Checkpoint.parse(note(EXAMPLE).text());

    assertThat(checkpoint)
        .isEqualTo(new Checkpoint("example.com/behind-the-sofa", 20_852_163, Hash.parse(ROOT)));
    assertThat(checkpoint.text()).isEqualTo(note(EXAMPLE).text());
    assertThat(note(EXAMPLE)).hasToString(EXAMPLE);
  }

  @Test
  void aCheckpointOfAPublicLog() throws Exception {
    Checkpoint checkpoint = Checkpoint.open(ARCHE.getBytes(UTF_8), VerifierKey.parse(ARCHE_KEY));

    assertThat(checkpoint.size()).isEqualTo(1_432_088_532);
  }

  @Test
  void aCosignatureOfAPublicWitness() throws Exception {
    VerifierKey log = VerifierKey.parse(ARCHE_KEY);
    VerifierKey witness = VerifierKey.parse(REMORA_KEY);

    assertThat(note(ARCHE).verify(List.of(log, witness)))
        .containsExactly(
            new VerifiedSignature(log, null),
            new VerifiedSignature(witness, Instant.ofEpochSecond(0x6a122120L)));
  }

  @Test
  void aCosignatureCoversItsTimeAndTheWholeText() throws Exception {
    VerifierKey witness = VerifierKey.parse(REMORA_KEY);
    List<String> changed =
        List.of(
            ARCHE.replace("2net5wAAAABqEiEg", "2net5wAAAABqEiEh"),
            ARCHE.replace("2net5wAAAABqEiEg", "2net54AAAABqEiEg"),
            ARCHE.replace("1432088532", "1432088533"),
            ARCHE.replace("C4Ro=\n", "C4Ro=\nextension\n"));

    for (String note : changed) {
      assertThat(note).isNotEqualTo(ARCHE);
      assertThatThrownBy(() -> note(note).verify(List.of(witness)))
          .isInstanceOf(UnverifiedException.class)
          .hasMessageStartingWith("a wrong signature");
    }
  }

  @Test
  void aWitnessAloneDoesNotMakeACheckpointOfTheLog() throws Exception {
    VerifierKey witness = VerifierKey.parse(REMORA_KEY);

    assertThatThrownBy(() -> Checkpoint.open(ARCHE.getBytes(UTF_8), witness))
        .isInstanceOf(UnverifiedException.class)
        .hasMessage("a checkpoint of another log");
  }

  @Test
  void theOriginIsTheNameOfTheKey() throws Exception {
    VerifierKey key = VerifierKey.parse(SUMDB_KEY);

    assertThat(note(SUMDB).verify(List.of(key))).hasSize(1);
    assertThat(Checkpoint.parse(note(SUMDB).text()).origin()).isEqualTo("go.sum database tree");
    assertThatThrownBy(() -> Checkpoint.open(SUMDB.getBytes(UTF_8), key))
        .isInstanceOf(UnverifiedException.class);
  }

  @Test
  void isSignedAndOpened() throws Exception {
    NoteSigner signer = NoteSigner.of("example.com/log", new byte[32]);
    Checkpoint empty = new Checkpoint("example.com/log", 0, Hash.EMPTY_TREE);
    Checkpoint extended =
        new Checkpoint("example.com/log", Long.MAX_VALUE, Hash.parse(ROOT), List.of("x", "é y"));

    for (Checkpoint checkpoint : List.of(empty, extended)) {
      byte[] note = SignedNote.sign(checkpoint.text(), signer).bytes();
      assertThat(Checkpoint.open(note, signer.verifierKey())).isEqualTo(checkpoint);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "a\n1\n",
        "a\n1\n" + ROOT,
        "\n1\n" + ROOT + "\n",
        "a\n\n" + ROOT + "\n",
        "a\n01\n" + ROOT + "\n",
        "a\n+1\n" + ROOT + "\n",
        "a\n-1\n" + ROOT + "\n",
        "a\n 1\n" + ROOT + "\n",
        "a\n1 \n" + ROOT + "\n",
        "a\n0x1\n" + ROOT + "\n",
        "a\n١\n" + ROOT + "\n",
        "a\n9223372036854775808\n" + ROOT + "\n",
        "a\n1\n" + ROOT + "\n\n",
        "a\n1\n" + ROOT + "\n\nx\n",
        "a\n1\n" + ROOT + "\r\n",
        "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
        "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
        "a\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n",
        "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n",
        "a\n1\n0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62\n",
      })
  void notCheckpoints(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(MalformedException.class);
  }

  @Test
  void makesNothingThatItWouldNotRead() {
    Hash root = Hash.EMPTY_TREE;

    assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint("", 0, root));
    assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint("a\nb", 0, root));
    assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint("a", -1, root));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Checkpoint("a", 0, root, List.of("")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Checkpoint("a", 0, root, List.of("b\n")));
  }

  private static SignedNote note(String note) throws MalformedException {
    return SignedNote.parse(note.getBytes(UTF_8));
  }
}
