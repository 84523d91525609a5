package dev.keyledger.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes of the specification and of the tests of Go's sumdb/note. */
class SignedNoteTest {
  private static final String EXAMPLE_KEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  private static final String EXAMPLE =
      """
      This is an example message.

      — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
      """;

  private static final String PETER_KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String ENOCH_KEY =
      "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
  private static final String TEXT =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.
      """;
  private static final String PETER =
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
  private static final String ENOCH =
      "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

  @Test
  void theExampleOfTheSpecification() throws Exception {
    SignedNote note = parse(EXAMPLE);

    assertThat(note.text()).isEqualTo("This is an example message.\n");
    assertThat(note.verify(List.of(VerifierKey.parse(EXAMPLE_KEY))))
        .containsExactly(new VerifiedSignature(VerifierKey.parse(EXAMPLE_KEY), null));
    assertThat(note).hasToString(EXAMPLE);
  }

  @Test
  void signsLikeGo() throws Exception {
    byte[] seed = Base64.getDecoder().decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
    NoteSigner peter = NoteSigner.of("PeterNeumann", Arrays.copyOfRange(seed, 1, seed.length));

    assertThat(SignedNote.sign(TEXT, peter)).hasToString(TEXT + "\n" + PETER);
    assertThat(peter.verifierKey()).hasToString(PETER_KEY);
    assertThat(peter).hasToString("signer of " + PETER_KEY);
  }

  @Test
  void severalSigned() throws Exception {
    SignedNote note = parse(TEXT + "\n" + PETER + ENOCH);
    VerifierKey peter = VerifierKey.parse(PETER_KEY);
    VerifierKey enoch = VerifierKey.parse(ENOCH_KEY);

    assertThat(note.verify(List.of(peter)))
        .extracting(VerifiedSignature::key)
        .containsExactly(peter);
    assertThat(note.verify(List.of(enoch, peter)))
        .extracting(VerifiedSignature::key)
        .containsExactly(peter, enoch);
    assertThat(parse(TEXT + "\n" + PETER).with(NoteSignature.parseLines(ENOCH)))
        .hasToString(note.toString());
  }

  @Test
  void isNotVerifiedByKeysThatDidNotSign() throws Exception {
    VerifierKey enoch = VerifierKey.parse(ENOCH_KEY);

    assertThatThrownBy(() -> parse(TEXT + "\n" + PETER).verify(List.of(enoch)))
        .isInstanceOf(UnverifiedException.class)
        .hasMessage("no known key signed the note");
    assertThatThrownBy(() -> parse(TEXT + "\n" + PETER).verify(List.of()))
        .isInstanceOf(UnverifiedException.class);
  }

  @Test
  void ignoresSignaturesThatShareOnlyNameOrIdWithAKnownKey() throws Exception {
    VerifierKey peter = VerifierKey.parse(PETER_KEY);
    String sameId = PETER.replace("PeterNeumann", "CarmenSandiego");
    String sameName = PETER.replace("x08go", "xxxxx");

    assertThat(parse(TEXT + "\n" + sameId + sameName + PETER).verify(List.of(peter))).hasSize(1);
    assertThatThrownBy(() -> parse(TEXT + "\n" + sameId + sameName).verify(List.of(peter)))
        .isInstanceOf(UnverifiedException.class)
        .hasMessage("no known key signed the note");
  }

  @Test
  void oneWrongSignatureOfAKnownKeySpoilsTheNote() throws Exception {
    List<VerifierKey> both = List.of(VerifierKey.parse(PETER_KEY), VerifierKey.parse(ENOCH_KEY));
    String wrong = ENOCH.replace("+QQ=", "+QA=");
    String shorter = "— EnochRoot rwz+eBzm\n";

    for (String signature : List.of(wrong, shorter)) {
      assertThatThrownBy(() -> parse(TEXT + "\n" + PETER + signature).verify(both))
          .isInstanceOf(UnverifiedException.class)
          .hasMessage("a wrong signature in the name of " + ENOCH_KEY);
    }
  }

  @Property(tries = 500)
  void aFlippedBitOfTheTextIsNoticed(@ForAll @IntRange(max = 27 * 8 - 1) int bit) throws Exception {
    byte[] note = EXAMPLE.getBytes(UTF_8);
    note[bit / 8] ^= (byte) (1 << (bit % 8));
    VerifierKey key = VerifierKey.parse(EXAMPLE_KEY);

    assertThatThrownBy(() -> SignedNote.parse(note).verify(List.of(key)))
        .isInstanceOfAny(MalformedException.class, UnverifiedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "text\n",
        "text\n\n",
        "text\n\n\n",
        "text\n— a AAAAAAAA\n",
        "\n— a AAAAAAAA\n",
        "text\n\n— a AAAAAAAA",
        "text\n\n— a AAAAAAAA\nUnexpected line.\n",
        "text\n\n- a AAAAAAAA\n",
        "text\n\n—  a AAAAAAAA\n",
        "text\n\n—  AAAAAAAA\n",
        "text\n\n— a  AAAAAAAA\n",
        "text\n\n— a AAAAAAAA \n",
        "text\n\n— a b AAAAAAAA\n",
        "text\n\n— a+b AAAAAAAA\n",
        "text\n\n— a\u00a0b AAAAAAAA\n",
        "text\n\n— a\u2028b AAAAAAAA\n",
        "text\n\n— a\u0007 AAAAAAAA\n",
        "text\n\n— a AAAAAA==\n",
        "text\n\n— a AAAAAAB=\n",
        "text\n\n— a AAAAAAA\n",
        "text\n\n— a AAAA_AAA\n",
        "text\n\n— a \n",
        "text\r\n\n— a AAAAAAAA\n",
        "te\txt\n\n— a AAAAAAAA\n",
        "te\u0000xt\n\n— a AAAAAAAA\n",
      })
  void notNotes(String note) {
    assertThatThrownBy(() -> parse(note)).isInstanceOf(MalformedException.class);
  }

  @Test
  void notUtf8() {
    byte[] note = EXAMPLE.getBytes(UTF_8);
    note[3] = (byte) 0xff;

    assertThatThrownBy(() -> SignedNote.parse(note))
        .isInstanceOf(MalformedException.class)
        .hasMessage("a note is UTF-8");
  }

  @Test
  void theTextMayHaveEmptyLines() throws Exception {
    assertThat(parse("a\n\nb\n\n— c AAAAAAAA\n").text()).isEqualTo("a\n\nb\n");
    assertThat(parse("a\n\n\n— c AAAAAAAA\n").text()).isEqualTo("a\n\n");
    assertThat(parse("\n\n— c AAAAAAAA\n").text()).isEqualTo("\n");
  }

  @Test
  void hasBounds() throws Exception {
    assertThat(parse(TEXT + "\n" + PETER.repeat(100)).signatures()).hasSize(100);
    assertThatThrownBy(() -> parse(TEXT + "\n" + PETER.repeat(101)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> parse("x".repeat(1_000_000) + EXAMPLE))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void makesNothingThatItWouldNotRead() throws Exception {
    NoteSigner signer = NoteSigner.of("a", new byte[32]);
    List<NoteSignature> one = NoteSignature.parseLines(PETER);

    for (String text : List.of("", "text", "te\rxt\n", "te\ud800xt\n")) {
      assertThatIllegalArgumentException().isThrownBy(() -> SignedNote.sign(text, signer));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new SignedNote(TEXT, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(EXAMPLE).with(Collections.nCopies(100, one.getFirst())));
  }

  private static SignedNote parse(String note) throws MalformedException {
    return SignedNote.parse(note.getBytes(UTF_8));
  }
}
