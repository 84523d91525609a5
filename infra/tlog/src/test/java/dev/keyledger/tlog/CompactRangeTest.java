package dev.keyledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CompactRangeTest {
  private static final List<Hash> LEAVES = Trees.leaves(70);

  @Test
  void hasTheRootOfAllLeavesAtAnyTime() {
    CompactRange range = new CompactRange();
    for (int size = 0; size <= LEAVES.size(); size++) {
      assertThat(range.size()).isEqualTo(size);
      assertThat(range.root()).isEqualTo(Trees.root(LEAVES.subList(0, size)));
      if (size < LEAVES.size()) {
        range.append(LEAVES.get(size));
      }
    }
  }

  @Test
  void goesOnWhereItWasSaved() throws MalformedException {
    CompactRange range = new CompactRange();
    for (Hash leaf : LEAVES) {
      range = CompactRange.of(range.size(), range.subtrees());
      range.append(leaf);
    }

    assertThat(range.root()).isEqualTo(Trees.root(LEAVES));
  }

  @Test
  void refusesAnotherNumberOfSubtrees() {
    List<Hash> two = LEAVES.subList(0, 2);

    assertThatThrownBy(() -> CompactRange.of(4, two)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> CompactRange.of(7, two)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> CompactRange.of(-1, two)).isInstanceOf(MalformedException.class);
  }
}
