package dev.keyledger.query.http.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class FewTest {
  private final Few few = new Few(2);

  @Test
  void refusesWhatIsTooMuchAtOnce() {
    Disposable first = few.of(Mono.never()).subscribe();
    few.of(Mono.never()).subscribe();

    StepVerifier.create(few.of(Mono.just(1)))
        .expectErrorSatisfies(error -> {
          assertThat(error).isInstanceOf(ProblemException.class);
          assertThat(((ProblemException) error).type()).isEqualTo(ProblemType.BUSY);
          assertThat(((ProblemException) error).headers().getFirst("Retry-After")).isEqualTo("1");
        })
        .verify();
    first.dispose();
    StepVerifier.create(few.of(Mono.just(1))).expectNext(1).verifyComplete();
  }

  @Test
  void oneCallerCannotTakeAllPlaces() {
    Few places = new Few(3, 2);
    Disposable first = places.of("alice", Mono.never()).subscribe();
    places.of("alice", Mono.never()).subscribe();

    StepVerifier.create(places.of("alice", Mono.just(1))).verifyError(ProblemException.class);
    StepVerifier.create(places.of("bob", Mono.just(1))).expectNext(1).verifyComplete();
    first.dispose();
    StepVerifier.create(places.of("alice", Mono.just(1))).expectNext(1).verifyComplete();
  }

  @Test
  void hasRoomAgainWhateverTheAnswer() {
    for (int n = 0; n < 10; n++) {
      StepVerifier.create(few.of(Mono.just(n))).expectNext(n).verifyComplete();
      StepVerifier.create(few.of(Mono.empty())).verifyComplete();
      StepVerifier.create(few.of(Mono.error(new IllegalStateException()))).verifyError();
    }
  }
}
