package dev.keyledger.query.http.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** How many streams there may be. */
class OpenStreamsTest {
  private final OpenStreams streams = new OpenStreams();

  @Test
  void ofThoseThatWereAskedForAtOnceNotMoreBeginThanMay() {
    List<Flux<Object>> asked = new ArrayList<>();
    for (int n = 0; n <= OpenStreams.OF_ONE; n++) {
      streams.check("alice"); // none of them has begun
      asked.add(streams.counted("alice", Flux.never()));
    }
    List<Disposable> open =
        asked.subList(0, OpenStreams.OF_ONE).stream().map(Flux::subscribe).toList();

    StepVerifier.create(asked.getLast())
        .verifyErrorSatisfies(failure ->
            assertThat(((ProblemException) failure).type())
                .isEqualTo(ProblemType.TOO_MANY_STREAMS));
    assertThat(streams.size()).isEqualTo(OpenStreams.OF_ONE);
    assertThatCode(() -> streams.check("bob")).doesNotThrowAnyException();

    open.getFirst().dispose();
    StepVerifier.create(asked.getLast()).expectSubscription().thenCancel().verify();
    assertThat(streams.size()).isEqualTo(OpenStreams.OF_ONE - 1);
  }
}
