package dev.keyledger.command.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.keyring.Outcome.Refused;
import dev.keyledger.events.KeyRingEvent;
import java.util.List;

/** What came of a command: the decision, and the events that it appended. */
record Then(Decision decision, List<KeyRingEvent> events) {

  Then appends(KeyRingEvent... expected) {
    assertThat(events).containsExactly(expected);
    return this;
  }

  Then answers(Outcome expected) {
    assertThat(decision.outcome())
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .isEqualTo(expected);
    return this;
  }

  /** Refused, and nothing was appended. */
  void refuses(Refusal expected) {
    appends().refusesAndRemembers(expected);
  }

  /** Refused, although something was appended. */
  Then refusesAndRemembers(Refusal expected) {
    assertThat(decision.outcome()).isEqualTo(new Refused(expected));
    return this;
  }
}
