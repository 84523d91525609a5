package dev.keyledger.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.http.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OpenCallsTest {
  private static final Duration REFUSED_AFTER = Duration.ofMillis(50);
  private final OpenCalls calls = new OpenCalls(1, REFUSED_AFTER);

  @Test
  void aRefusalTakesItsTimeAndAnAnswerDoesNotWait() {
    long begun = System.nanoTime();
    assertThat(calls.serve(Optional::empty)).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(REFUSED_AFTER);

    OpenCalls patient = new OpenCalls(1, Duration.ofDays(1));
    assertThat(patient.serve(() -> Optional.of("done"))).contains("done");
  }

  @Test
  void onlySoManyAreLookedAtAtTheSameTime() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Optional<String>> first =
          threads.submit(() ->
              calls.serve(() -> {
                begun.countDown();
                awaitQuietly(go);
                return Optional.of("first");
              }));
      begun.await();

      assertThatThrownBy(() -> calls.serve(() -> Optional.of("second")))
          .isInstanceOfSatisfying(
              ProblemException.class,
              busy -> assertThat(busy.headers().getFirst("Retry-After")).isEqualTo("1"));
      go.countDown();
      assertThat(first.get()).contains("first");
    }
    assertThat(calls.serve(() -> Optional.of("third"))).contains("third");
  }

  @Test
  void aFaultFreesItsPlace() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() ->
              calls.serve(() -> {
                throw new IllegalStateException("fault");
              }))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
