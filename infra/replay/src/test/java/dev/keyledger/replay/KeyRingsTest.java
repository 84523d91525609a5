package dev.keyledger.replay;

import static dev.keyledger.replay.History.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.tlog.Hash;
import org.junit.jupiter.api.Test;

class KeyRingsTest {
  private final KeyRings rings = new KeyRings();

  @Test
  void nothingHappened() {
    assertThat(rings.size()).isZero();
    assertThat(rings.stateHash()).isEqualTo(Hash.EMPTY_TREE);
    assertThat(rings.ring("alice")).isEqualTo(KeyRing.empty("alice"));
  }

  @Test
  void theHashOfOneAccountIsThatOfItsLeaf() throws Exception {
    rings.apply(event(0, 1, "alice"));

    assertThat(rings.stateHash()).isEqualTo(Hash.ofLeaf(CanonicalJson.bytes(rings.ring("alice"))));
  }

  @Test
  void accountsAreSortedByTheirBytes() throws Exception {
    // In UTF-16, the order of Java's strings, the last two are the other way round.
    String[] sorted = {"Zoe", "adam", "\uffee", "\ud83d\ude00"};
    long index = 0;
    for (int i : new int[] {2, 0, 3, 1}) {
      rings.apply(event(index++, 1, sorted[i]));
    }

    assertThat(rings.accounts()).isEqualTo(4);
    assertThat(rings.all()).extracting(KeyRing::accountId).containsExactly(sorted);
    Hash left = Hash.ofNode(leaf("Zoe"), leaf("adam"));
    Hash right = Hash.ofNode(leaf("\uffee"), leaf("\ud83d\ude00"));
    assertThat(rings.stateHash()).isEqualTo(Hash.ofNode(left, right));
  }

  @Test
  void everyEventChangesTheHash() throws Exception {
    rings.apply(event(0, 1, "alice"));
    rings.apply(event(1, 1, "bob"));
    Hash before = rings.stateHash();
    rings.apply(event(2, 2, "alice"));

    assertThat(rings.stateHash()).isNotEqualTo(before);
  }

  @Test
  void whatIsNotNextChangesNothing() throws Exception {
    rings.apply(event(0, 1, "alice"));
    Hash before = rings.stateHash();

    for (LoggedEvent wrong :
        new LoggedEvent[] {event(0, 2, "alice"), event(2, 2, "alice"), event(1, 3, "alice")}) {
      assertThatExceptionOfType(BrokenOrderException.class)
          .isThrownBy(() -> rings.apply(wrong))
          .matches(e -> e.logIndex() == wrong.logIndex());
    }
    assertThat(rings.stateHash()).isEqualTo(before);
    assertThat(rings.size()).isEqualTo(1);
  }

  private Hash leaf(String account) {
    return Hash.ofLeaf(CanonicalJson.bytes(rings.ring(account)));
  }

  private static LoggedEvent event(long logIndex, long position, String account) {
    return new LoggedEvent(logIndex, position, new CodeRejected(account, NOON, "ch-1", 4, 1));
  }
}
