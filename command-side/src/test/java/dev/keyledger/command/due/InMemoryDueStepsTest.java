package dev.keyledger.command.due;

import dev.keyledger.command.due.InMemoryDueSteps.Row;
import dev.keyledger.command.due.InMemoryDueSteps.Slot;
import java.time.InstantSource;
import java.util.Map;

/** The fake keeps the contract that tests rely on. */
class InMemoryDueStepsTest extends DueStepsContract {
  private Map<Slot, Row> table = InMemoryDueSteps.table();

  @Override
  void reset() {
    table = InMemoryDueSteps.table();
  }

  @Override
  DueSteps node(String nodeId, InstantSource clock) {
    return new InMemoryDueSteps(table, clock, nodeId);
  }
}
