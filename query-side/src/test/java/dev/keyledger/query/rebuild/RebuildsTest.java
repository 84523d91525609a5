package dev.keyledger.query.rebuild;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyCreated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.Generations;
import dev.keyledger.query.views.Generations.Stage;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

/** What nodes that know nothing of each other do to the generations: none is lost. */
class RebuildsTest {
  private static final AccountView NONE = AccountView.unknown("alice");
  private static final AccountView ONE = AccountView.evolve(NONE, keyCreated("alice", "k1"), 1);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7); // wraps around soon
  private final InMemoryRebuildStore store = new InMemoryRebuildStore();

  @Test
  void whoStallsBeforeBeginningTakesNothingFromWhoBegan() {
    store.afterNextFind(() -> {
      begin("one");
      fill(1);
    });

    Rebuild answer = begin("two");

    assertThat(answer).isEqualTo(rebuild());
    assertThat(answer.builder()).isEqualTo("one");
    assertThat(isFilled(1)).isTrue();
  }

  @Test
  void whoStallsUntilTheOtherIsServedTakesNothingEither() {
    store.afterNextFind(() -> {
      fill(1);
      serveNext("one");
    });

    Rebuild answer = begin("two");

    assertThat(answer).isEqualTo(rebuild());
    assertThat(answer.generations()).isEqualTo(new Generations(1, Stage.SERVING));
    assertThat(isFilled(1)).isTrue();
  }

  @Test
  void theOldGenerationGoesAMinuteAfterTheSwitch() {
    Rebuilds one = node("one");
    served(1, one);

    pass(Rebuilds.KEEP_OLD.toNanos() - 1);
    look(one);
    assertThat(isFilled(0)).isTrue();

    pass(1);
    look(one);
    assertThat(isFilled(0)).isFalse();
    assertThat(isFilled(1)).isTrue();
  }

  @Test
  void itGoesAlsoWhereWhoeverBuiltStartsAgainBeforeThat() {
    served(1, node("one"));
    pass(Rebuilds.KEEP_OLD.toNanos() / 2);

    Rebuilds again = node("one");
    look(again);
    pass(Rebuilds.KEEP_OLD.toNanos());
    look(again);

    assertThat(isFilled(0)).isFalse();
    assertThat(isFilled(1)).isTrue();
  }

  @Test
  void everyNodeDropsItAndTheNextOneStays() {
    Rebuilds one = node("one");
    Rebuilds two = node("two");
    served(1, one, two);
    pass(Rebuilds.KEEP_OLD.toNanos());
    look(one);
    store.replace(rebuild(), rebuild().begun("three", NOON)).block();
    fill(2);

    look(two);
    look(one);

    assertThat(isFilled(0)).isFalse();
    assertThat(isFilled(1)).isTrue();
    assertThat(isFilled(2)).isTrue();
  }

  @Test
  void eachGenerationIsKeptForAMinute() {
    Rebuilds one = node("one");
    served(1, one);
    pass(Rebuilds.KEEP_OLD.toNanos());
    look(one);

    served(2, one);
    pass(Rebuilds.KEEP_OLD.toNanos() - 1);
    look(one);
    assertThat(isFilled(1)).isTrue();

    pass(1);
    look(one);
    assertThat(isFilled(1)).isFalse();
    assertThat(isFilled(2)).isTrue();
  }

  /** A generation is served from now on, the one before is there yet, and nodes know of it. */
  private void served(long generation, Rebuilds... nodes) {
    fill(generation - 1);
    fill(generation);
    serveNext("one");
    for (Rebuilds node : nodes) {
      look(node);
    }
  }

  private static void look(Rebuilds node) {
    node.look(() -> true);
  }

  private void pass(long by) {
    nanos.addAndGet(by);
  }

  private Rebuilds node(String name) {
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    return new Rebuilds(
        "events", () -> new MockConsumer<>("none"), store, store, name, clock, nanos::get);
  }

  private Rebuild begin(String name) {
    return Objects.requireNonNull(node(name).begin().block());
  }

  /** A rebuild from its beginning to its end. */
  private void serveNext(String builder) {
    Rebuild before = rebuild();
    Rebuild begun = before.begun(builder, NOON);
    assertThat(store.replace(before, begun).block()).isTrue();
    assertThat(store.replace(begun, begun.finished(NOON)).block()).isTrue();
  }

  private void fill(long generation) {
    store.of(generation).save(List.of(new Change(NONE, ONE))).block();
  }

  private boolean isFilled(long generation) {
    return ONE.equals(store.of(generation).find("alice").block());
  }

  private Rebuild rebuild() {
    return Objects.requireNonNull(store.find().block());
  }
}
