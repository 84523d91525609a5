package dev.keyledger.query.store;

import static dev.keyledger.query.Events.keyCreated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.rebuild.Rebuild;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.Generations;
import dev.keyledger.query.views.Generations.Stage;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.ViewStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Generations lie side by side, and who has not read the record about them doesn't write it. */
class MongoGenerationsIT {
  private static final Instant LATER = Instant.parse("2026-11-22T12:00:01.500Z");
  private static final AccountView NONE = AccountView.unknown("alice");
  private static final AccountView ONE = AccountView.evolve(NONE, keyCreated("alice", "k1"), 1);
  private static final Rebuild BUILDING =
      new Rebuild(new Generations(0, Stage.BUILDING), 1, "one", LATER, null, 0, 0, null);
  private static final Rebuild WAITING =
      new Rebuild(new Generations(0, Stage.HANDING_OVER), 2, "two", LATER, null, 3, 9, "x");
  private static final Rebuild DONE =
      new Rebuild(new Generations(1, Stage.SERVING), 3, "two", LATER, LATER, 9, 9, null);

  private final TestDatabase mongo = new TestDatabase();
  private final MongoGenerations generations = new MongoGenerations(mongo.database(), "t");

  @AfterEach
  void close() {
    mongo.close();
  }

  @Test
  void theRecordComesBackAsItWasWritten() {
    assertThat(generations.find().block()).isEqualTo(Rebuild.NEVER);
    assertThat(generations.now().block()).isEqualTo(Generations.FIRST);
    Rebuild before = Rebuild.NEVER;
    for (Rebuild after : List.of(BUILDING, WAITING, DONE)) {
      assertThat(generations.replace(before, after).block()).isTrue();
      assertThat(generations.find().block()).isEqualTo(after);
      assertThat(generations.now().block()).isEqualTo(after.generations());
      before = after;
    }
  }

  @Test
  void whoHasNotReadTheRecordDoesNotWriteIt() {
    generations.replace(Rebuild.NEVER, BUILDING).block();
    assertThat(generations.replace(Rebuild.NEVER, BUILDING).block()).isFalse();
    generations.replace(BUILDING, WAITING).block();
    assertThat(generations.replace(BUILDING, DONE).block()).isFalse();

    assertThat(generations.find().block()).isEqualTo(WAITING);
  }

  @Test
  void eachGenerationHasItsOwnViewsAndOffsets() {
    fill(0);
    fill(2);
    assertThat(position(1)).isZero();

    generations.drop(2).block();
    generations.drop(2).block();

    assertThat(position(2)).isZero();
    assertThat(generations.of(2).progress().block()).isEmpty();
    assertThat(position(0)).isEqualTo(1);
    assertThat(generations.of(0).progress().block()).isEqualTo(Map.of(0, new Progress(0, 7, null)));
  }

  private void fill(long generation) {
    ViewStore store = generations.of(generation);
    store.save(List.of(new Change(NONE, ONE))).block();
    store.advance(List.of(new Progress(0, 7, null))).block();
  }

  private long position(long generation) {
    return Objects.requireNonNull(generations.of(generation).find("alice").block()).position();
  }
}
