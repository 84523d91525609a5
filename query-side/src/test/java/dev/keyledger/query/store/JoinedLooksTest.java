package dev.keyledger.query.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Questions that go together. */
class JoinedLooksTest {
  private final List<Collection<String>> asked = new ArrayList<>();
  private final List<Sinks.One<Map<String, Integer>>> answers = new ArrayList<>();
  private final JoinedLooks<String, Integer> looks = new JoinedLooks<>(this::look);

  @Test
  void whoAsksWhileALookIsUnderWayGoesWithTheNext() {
    var first = StepVerifier.create(looks.find("a")).expectNext(1).expectComplete().verifyLater();
    var second = StepVerifier.create(looks.find("b")).expectNext(2).expectComplete().verifyLater();
    var third = StepVerifier.create(looks.find("a")).expectNext(3).expectComplete().verifyLater();
    var fourth = StepVerifier.create(looks.find("b")).expectNext(2).expectComplete().verifyLater();
    assertThat(asked).containsExactly(List.of("a"));

    answers.get(0).tryEmitValue(Map.of("a", 1, "b", 9));
    assertThat(asked).containsExactly(List.of("a"), List.of("b", "a"));
    answers.get(1).tryEmitValue(Map.of("a", 3, "b", 2));

    List.of(first, second, third, fourth).forEach(StepVerifier::verify);
    assertThat(asked).hasSize(2);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    var found = StepVerifier.create(looks.find("a")).expectComplete().verifyLater();
    answers.get(0).tryEmitValue(Map.of());
    found.verify();

    var nothing = StepVerifier.create(looks.find("a")).expectComplete().verifyLater();
    answers.get(1).tryEmitEmpty();
    nothing.verify();
  }

  @Test
  void aLookThatFailsFailsForAllWhoAskedAndForNobodyElse() {
    var first = StepVerifier.create(looks.find("a")).expectError(IllegalStateException.class);
    var failed = first.verifyLater();
    var next = StepVerifier.create(looks.find("b")).expectNext(2).expectComplete().verifyLater();

    answers.get(0).tryEmitError(new IllegalStateException("no store"));
    answers.get(1).tryEmitValue(Map.of("b", 2));

    failed.verify();
    next.verify();
  }

  @Test
  void whoDoesNotWaitAnyMoreIsNotAskedFor() {
    var one = StepVerifier.create(looks.find("a")).expectComplete().verifyLater();
    looks.find("b").subscribe().dispose();
    looks.find("c").subscribe();

    answers.get(0).tryEmitEmpty();

    one.verify();
    assertThat(asked).containsExactly(List.of("a"), List.of("c"));
  }

  @Test
  void manyAreAskedInSeveralLooks() {
    var one = StepVerifier.create(looks.find("first")).expectComplete().verifyLater();
    List<StepVerifier> others =
        IntStream.range(0, 1_001)
            .mapToObj(i -> StepVerifier.create(looks.find("k" + i)).expectComplete().verifyLater())
            .toList();

    answers.get(0).tryEmitEmpty();
    answers.get(1).tryEmitEmpty();
    answers.get(2).tryEmitEmpty();

    one.verify();
    others.forEach(StepVerifier::verify);
    assertThat(asked).extracting(Collection::size).containsExactly(1, 1_000, 1);
  }

  private Mono<Map<String, Integer>> look(Collection<String> keys) {
    asked.add(List.copyOf(keys));
    Sinks.One<Map<String, Integer>> answer = Sinks.one();
    answers.add(answer);
    return answer.asMono();
  }
}
