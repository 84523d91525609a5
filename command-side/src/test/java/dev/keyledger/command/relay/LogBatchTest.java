package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogBatchTest {
  private final LogBatch batch =
      new LogBatch(7, List.of(Records.event("alice", 1), Records.event("bob", 1)));

  @ParameterizedTest
  @CsvSource({"0, 7, 2", "7, 7, 2", "8, 8, 1", "9, 9, 0", "10, 9, 0"})
  void whatIsBelowAnIndexIsLeftOut(long index, long first, int size) {
    LogBatch rest = batch.from(index);

    assertThat(rest.first()).isEqualTo(first);
    assertThat(rest.records()).isEqualTo(batch.records().subList(2 - size, 2));
    assertThat(rest.end()).isEqualTo(9);
  }
}
