package dev.keyledger.query.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.verification.ManualClock;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** How nodes learn of each other. */
class MongoNodesIT {
  private final TestDatabase mongo = new TestDatabase();
  private final MongoNodes one = node();
  private final MongoNodes two = node();

  @AfterEach
  void close() {
    mongo.close();
  }

  @Test
  void aNodeAloneSeesNoOther() {
    for (int n = 0; n < 3; n++) {
      assertThat(one.others().block()).isZero();
    }
  }

  @Test
  void nodesSeeWhoCountedOnSinceTheirLastLook() {
    assertThat(one.others().block()).isZero();
    assertThat(two.others().block()).isZero();
    assertThat(one.others().block()).isEqualTo(1);
    assertThat(two.others().block()).isEqualTo(1);
  }

  @Test
  void aNodeThatWasKilledIsNotSeenAnyMore() {
    one.others().block();
    two.others().block();
    one.others().block();

    assertThat(one.others().block()).isZero();
    assertThat(node().others().block()).isZero();
  }

  @Test
  void aNodeThatLeftIsNotSeenAnyMore() {
    one.others().block();
    two.others().block();
    two.leave().block();

    assertThat(one.others().block()).isZero();
  }

  @Test
  void aNodeThatComesClearsAwayWhatLongDeadOnesLeft() {
    one.others().block();
    two.others().block();
    ManualClock later = new ManualClock();
    later.advance(Duration.ofDays(1).plusMillis(1));

    new MongoNodes(mongo.database(), later).others().block();

    assertThat(rows()).isEqualTo(1);
  }

  private MongoNodes node() {
    return new MongoNodes(mongo.database(), new ManualClock());
  }

  private long rows() {
    return Objects.requireNonNull(
        Mono.from(mongo.database().getCollection(MongoNodes.NODES).countDocuments()).block());
  }
}
