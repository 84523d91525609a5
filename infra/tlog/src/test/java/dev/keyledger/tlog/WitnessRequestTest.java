package dev.keyledger.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples in tlog-witness, "add-checkpoint". */
class WitnessRequestTest {
  private static final String CHECKPOINT =
      """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      """;
  private static final String ANSWER =
      """
      — witness.example/w1 CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2HgLatVs0pWh6Up69HVOw==
      — witness.example/w2 AWui8Sk55XjYLOijihBjhqEH6nS1ndDymE0a+6idX7pLcnoB+dhnz0854aLZgrrKbYKA7nC3HNJhm/kWl7oJlqU3rXXvpysAdyP3wQ==
      """;

  @Test
  void theBodyOfTheRequest() throws MalformedException {
    List<Hash> proof =
        List.of(
            Hash.parse("PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw="),
            Hash.parse("jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk="));
    SignedNote checkpoint = SignedNote.parse(CHECKPOINT.getBytes(UTF_8));

    assertThat(new WitnessRequest(20_852_014, proof, checkpoint))
        .hasToString(
            """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=

            """
                + CHECKPOINT);
    assertThat(new WitnessRequest(0, List.of(), checkpoint)).hasToString("old 0\n\n" + CHECKPOINT);
  }

  @Test
  void theAnswerIsAddedToTheCheckpoint() throws MalformedException {
    SignedNote checkpoint = SignedNote.parse(CHECKPOINT.getBytes(UTF_8));

    assertThat(checkpoint.with(NoteSignature.parseLines(ANSWER))).hasToString(CHECKPOINT + ANSWER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "— a AAAAAAAA", "— a AAAAAAAA\n\n", "<html>\n", "a AAAAAAAA\n"})
  void notAnAnswer(String answer) {
    assertThatThrownBy(() -> NoteSignature.parseLines(answer))
        .isInstanceOf(MalformedException.class);
  }
}
