package dev.keyledger.command.store;

import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRingCommand;
import dev.keyledger.command.keyring.Outcome.NothingDue;
import dev.keyledger.command.keyring.Outcome.Refused;
import dev.keyledger.command.keyring.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Times commands by type and outcome; neither tells whose they were. */
final class CommandMeter {
  private final MeterRegistry meters;

  /** To look one up in the registry costs more than to use it. */
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

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
      sample.stop(timers.computeIfAbsent(new Kind(command.getClass(), outcome), this::timer));
    }
  }

  private Timer timer(Kind kind) {
    return Timer.builder("keyledger.commands")
        .description("Commands by type and outcome")
        .tag("command", kind.command().getSimpleName())
        .tag("outcome", kind.outcome())
        .register(meters);
  }

  private static String outcomeOf(Decision decision) {
    return switch (decision.outcome()) {
      case Refused refused -> nameOf(refused.refusal());
      case NothingDue _ -> "nothing-due";
      default -> "done";
    };
  }

  private record Kind(Class<?> command, String outcome) {}

  private static String nameOf(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Rule rule -> rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
      case Refusal.WrongCode _ -> "wrong-code";
      case Refusal.CodeCooldown _ -> "code-cooldown";
      case Refusal.AccountLocked _ -> "account-locked";
    };
  }
}
