package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.Topics;
import dev.keyledger.testkit.TestPlatform;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.NoteSigner;
import dev.keyledger.tlog.SignedNote;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Events go out at once, checkpoints of them once a second. */
class PublishingTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final JdbcClient NO_DATABASE = JdbcClient.create(new DriverManagerDataSource());

  private final MockProducer<String, byte[]> kafka =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7); // wraps around soon
  private final Publishing publishing =
      new Publishing(
          new NothingPublished(),
          new Checkpoints(new NoCheckpoints(), signer()),
          new LogEntries(NO_DATABASE, new EventRecords()),
          new EventPublisher(() -> kafka, () -> {}),
          nanos::get);

  @Test
  void theFirstCheckpointComesAtOnce() {
    publish(1);

    assertThat(checkpoints()).containsExactly(1L);
    assertThat(events()).isEqualTo(1);
  }

  @Test
  void thereIsAtMostOneASecond() {
    publish(1);
    publish(2);
    nanos.addAndGet(SECOND - 1);
    publish(3);
    publishing.noteIfDue();

    assertThat(checkpoints()).containsExactly(1L);
    assertThat(events()).isEqualTo(3);

    nanos.addAndGet(1);
    publishing.noteIfDue();
    publish(4);
    publishing.noteIfDue();

    assertThat(checkpoints()).containsExactly(1L, 3L);
    assertThat(events()).isEqualTo(4);
  }

  @Test
  void thereIsNoneWhileNothingHappens() {
    publish(1);
    nanos.addAndGet(5 * SECOND);
    publishing.noteIfDue();

    assertThat(checkpoints()).containsExactly(1L);
    assertThat(publishing.patience(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void theNextOneIsWaitedForNoLongerThanItsSecond() {
    publish(1);
    nanos.addAndGet(SECOND / 4);
    publish(2);

    assertThat(publishing.patience(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(750));
    nanos.addAndGet(SECOND);
    assertThat(publishing.patience(Duration.ofMinutes(1))).isZero();
  }

  /** Publishes the event that has this number, from 1. */
  private void publish(long number) {
    publishing.publish(new LogBatch(number - 1, List.of(Records.event("alice", number))));
  }

  private long events() {
    return kafka.history().stream().filter(it -> it.topic().equals(Topics.EVENTS)).count();
  }

  /** The sizes of the trees that they are of. */
  private List<Long> checkpoints() {
    return kafka.history().stream()
        .filter(it -> it.topic().equals(Topics.CHECKPOINTS))
        .map(it -> size(it.value()))
        .toList();
  }

  private static long size(byte[] note) {
    try {
      return Checkpoint.parse(SignedNote.parse(note).text()).size();
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static NoteSigner signer() {
    try {
      return NoteSigner.of("log.example", Base64.getDecoder().decode(TestPlatform.LOG_KEY));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** Notes nothing down, so that each publishing begins with the log. */
  private static final class NothingPublished extends Publication {
    NothingPublished() {
      super(NO_DATABASE, "one");
    }

    @Override
    long published() {
      return 0;
    }

    @Override
    void note(long published) {}
  }

  /** A log that has no checkpoint yet; keeps none either. */
  private static final class NoCheckpoints extends CheckpointStore {
    NoCheckpoints() {
      super(NO_DATABASE);
    }

    @Override
    Optional<Stored> last(String origin) {
      return Optional.empty();
    }

    @Override
    boolean replace(SignedNote note, CompactRange tree) {
      return true;
    }
  }
}
