package dev.keyledger.query.views;

import static dev.keyledger.query.Events.keyCreated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.query.views.Generations.Stage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Which generation an answer comes from, while one follows another. */
class ServedViewsTest {
  private static final AccountView NONE = AccountView.unknown("alice");
  private static final AccountView ONE = AccountView.evolve(NONE, keyCreated("alice", "k1"), 1);
  private static final AccountView TWO = AccountView.evolve(ONE, keyCreated("alice", "k2"), 2);

  private final InMemoryGenerations generations = new InMemoryGenerations();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7); // wraps around soon
  private final ServedViews views = new ServedViews(generations, nanos::get);

  @Test
  void theServedGenerationAnswersAlone() {
    save(0, ONE);
    save(1, TWO);
    for (Stage stage : List.of(Stage.SERVING, Stage.BUILDING)) {
      now(0, stage);
      assertThat(position()).isEqualTo(1);
    }
    now(1, Stage.SERVING);
    assertThat(position()).isEqualTo(2);
  }

  @Test
  void whicheverIsFurtherOnAnswersWhileBothAreRead() {
    for (Stage stage : List.of(Stage.COMPARING, Stage.HANDING_OVER)) {
      now(0, stage);
      assertThat(position()).isZero();
    }
    save(0, ONE);
    assertThat(position()).isEqualTo(1);
    save(1, TWO);
    assertThat(position()).isEqualTo(2);
  }

  @Test
  void whereBothAreEquallyFarTheNewOneAnswers() {
    AccountView damaged = new AccountView("alice", 0, 1, 1, TwoFactor.ENABLED, List.of());
    save(0, damaged);
    save(1, ONE);
    now(0, Stage.HANDING_OVER);

    assertThat(find()).isEqualTo(ONE);
  }

  @Test
  void oneQuestionServesManyAnswers() {
    AtomicInteger asked = new AtomicInteger();
    generations.are(
        Mono.fromSupplier(() -> {
          asked.incrementAndGet();
          return Generations.FIRST;
        }));
    for (int n = 0; n < 50; n++) {
      find();
    }
    assertThat(asked).hasValue(1);

    later(ServedViews.GOOD_FOR.toNanos() / 2 + 1);
    find();
    assertThat(asked).hasValue(2);
  }

  @Test
  void whatWasKnownTooLongAgoIsAskedAnew() {
    save(0, ONE);
    save(1, TWO);
    assertThat(position()).isEqualTo(1);
    generations.are(new Generations(1, Stage.SERVING));

    later(ServedViews.GOOD_FOR.toNanos());

    assertThat(position()).isEqualTo(2);
  }

  @Test
  void anAnswerThatComesTooLateIsAskedForAgain() {
    save(1, TWO);
    now(0, Stage.SERVING);
    find();
    // Meanwhile the views are switched over and the old ones dropped.
    ViewStore slow =
        new ForwardingViewStore(new InMemoryViewStore()) {
          @Override
          public Mono<AccountView> find(String accountId) {
            return Mono.fromRunnable(
                    () -> {
                      generations.are(new Generations(1, Stage.SERVING));
                      later(ServedViews.GOOD_FOR.toNanos());
                    })
                .then(super.find(accountId));
          }
        };
    generations.put(0, slow);

    assertThat(position()).isEqualTo(2);
  }

  @Test
  void aStoreThatIsTooSlowForAnyAnswerIsSaidToBeDown() {
    generations.are(
        Mono.fromSupplier(() -> {
          later(ServedViews.GOOD_FOR.toNanos());
          return Generations.FIRST;
        }));

    assertThatThrownBy(this::find).isInstanceOf(ViewStoreException.class);
  }

  @Test
  void aFailureIsNotRemembered() {
    generations.are(Mono.error(new ViewStoreException(new IllegalStateException("down"))));
    assertThatThrownBy(this::find).isInstanceOf(ViewStoreException.class);

    generations.are(Generations.FIRST);
    assertThat(find()).isEqualTo(NONE);
  }

  private void now(long served, Stage stage) {
    generations.are(new Generations(served, stage));
    later(ServedViews.GOOD_FOR.toNanos());
  }

  private void later(long by) {
    nanos.addAndGet(by);
  }

  private long position() {
    long position = find().position();
    assertThat(Objects.requireNonNull(views.positions(List.of("alice")).block()))
        .isEqualTo(position == 0 ? Map.of() : Map.of("alice", position));
    return position;
  }

  private AccountView find() {
    return Objects.requireNonNull(views.find("alice").block());
  }

  private void save(long generation, AccountView view) {
    generations.of(generation).save(List.of(new Change(NONE, view))).block();
  }
}
