package dev.keyledger.command.store;

import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRingCommand;
import dev.keyledger.command.keyring.Outcome.Refused;
import dev.keyledger.command.keyring.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.function.Supplier;

/** Times commands by type and outcome; neither tells whose they were. */
final class CommandMeter {
  private final MeterRegistry meters;

  CommandMeter(MeterRegistry meters) {
    this.meters = meters;
  }

  Decision measure(KeyRingCommand command, Supplier<Decision> work) {
    Timer.Sample sample = Timer.start(meters);
    String outcome = "fault";
    try {
      Decision decision = work.get();
      outcome = outcomeOf(decision);
      return decision;
    } finally {
      sample.stop(
          Timer.builder("keyledger.commands")
              .description("Commands by type and outcome")
              .tag("command", command.getClass().getSimpleName())
              .tag("outcome", outcome)
              .register(meters));
    }
  }

  private static String outcomeOf(Decision decision) {
    return decision.outcome() instanceof Refused refused
        ? switch (refused.refusal()) {
          case Refusal.Rule rule -> rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
          case Refusal.WrongCode wrong -> "wrong-code";
          case Refusal.CodeCooldown cooldown -> "code-cooldown";
          case Refusal.AccountLocked locked -> "account-locked";
        }
        : "done";
  }
}
