package dev.keyledger.query.projection;

import static dev.keyledger.query.Events.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Progress;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a node is ready, how far it is behind, and which answers may be old. */
class ProjectionStatusTest {
  private static final Progress STOPPED =
      new Progress(1, 5, new Progress.Stop("dev.keyledger.KeyLent.v1", NOON));

  private final ProjectionStatus status =
      new ProjectionStatus(Clock.fixed(NOON.plusSeconds(90), ZoneOffset.UTC));

  @Test
  void isNotCaughtUpBeforeKafkaAnswered() {
    status.assigned(0, 0);

    assertThat(status.caughtUp()).isFalse();
  }

  @Test
  void isCaughtUpOnceWhatWasThereAtTheStartIsApplied() {
    status.assigned(0, 3);
    status.assigned(1, 7);
    status.ends(Map.of(0, 5L, 1, 7L), 2);
    assertThat(status.caughtUp()).isFalse();
    assertThat(status.lagRecords()).isEqualTo(2);

    status.ends(Map.of(0, 9L, 1, 7L), 2);
    status.applied(List.of(new Progress(0, 5, null)), NOON);

    assertThat(status.caughtUp()).isTrue();
    assertThat(status.lagRecords()).isEqualTo(4);
    assertThat(status.lagSeconds()).isEqualTo(90);
  }

  @Test
  void stillIsWhenMoreComes() {
    status.assigned(0, 5);
    status.ends(Map.of(0, 5L), 1);
    assertThat(status.lagSeconds()).isZero();

    status.ends(Map.of(0, 500L), 1);

    assertThat(status.caughtUp()).isTrue();
  }

  @Test
  void aSpareNodeHasNothingToCatchUpWith() {
    status.ends(Map.of(), 4);

    assertThat(status.caughtUp()).isTrue();
  }

  @Test
  void aTopicThatDoesNotExistIsNothingToBeReadyFor() {
    status.ends(Map.of(), 0);

    assertThat(status.caughtUp()).isFalse();
  }

  @Test
  void aPartitionThatStoppedHoldsNobodyUp() {
    status.assigned(1, 5);
    status.stored(Map.of(1, STOPPED));
    status.ends(Map.of(1, 9L), 2);

    assertThat(status.caughtUp()).isTrue();
    assertThat(status.lagRecords()).isEqualTo(4);
    assertThat(status.stops()).containsOnlyKeys(1);
  }

  @Test
  void aViewThatWentBackHasToCatchUpAgain() {
    status.assigned(0, 5);
    status.ends(Map.of(0, 5L), 1);

    status.rewound(0, 0);
    status.ends(Map.of(0, 5L), 1);
    assertThat(status.caughtUp()).isFalse();

    status.applied(List.of(new Progress(0, 5, null)), NOON);
    assertThat(status.caughtUp()).isTrue();
  }

  @Test
  void partitionsThatWereTakenAwayNoLongerCount() {
    status.assigned(0, 0);
    status.ends(Map.of(0, 5L), 1);

    status.revoked(0);

    assertThat(status.lagRecords()).isZero();
    assertThat(status.next(0)).isZero();
  }

  @Test
  void answersOfAStoppedPartitionAreOld() {
    status.stored(Map.of(1, STOPPED, 0, new Progress(0, 3, null)));

    assertThat(status.stopped(AccountView.unknown("alice").from(1))).isTrue();
    assertThat(status.stopped(AccountView.unknown("alice").from(0))).isFalse();
    assertThat(status.stopped(AccountView.unknown("alice").from(2))).isFalse();
  }

  @Test
  void anAccountWithoutAViewIsLookedForWhereItsEventsWouldBe() {
    status.stored(Map.of(1, STOPPED));
    assertThat(status.stopped(AccountView.unknown(accountIn(1, 3)))).isFalse();

    status.ends(Map.of(), 3);

    assertThat(status.stopped(AccountView.unknown(accountIn(1, 3)))).isTrue();
    assertThat(status.stopped(AccountView.unknown(accountIn(2, 3)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "acct-0123456789ab", "ünï", "x"})
  void placesKeysLikeKafka(String key) {
    assertThat(ProjectionStatus.partitionOf(key, 12))
        .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), 12));
  }

  private static String accountIn(int partition, int partitions) {
    int n = 0;
    while (ProjectionStatus.partitionOf("acct-" + n, partitions) != partition) {
      n++;
    }
    return "acct-" + n;
  }
}
