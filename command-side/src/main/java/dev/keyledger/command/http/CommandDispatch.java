package dev.keyledger.command.http;

import dev.keyledger.command.StoreOutage;
import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRingCommand;
import dev.keyledger.command.store.KeyRings;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.security.Account;
import java.time.Duration;
import java.util.function.Supplier;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.http.ResponseEntity;

/**
 * Puts a caller's command to its key ring and answers with what was decided. Blocks; WebFlux calls
 * blocking controllers on virtual threads.
 */
final class CommandDispatch {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final KeyRings keyRings;
  private final Answers answers;

  CommandDispatch(KeyRings keyRings, Answers answers) {
    this.keyRings = keyRings;
    this.answers = answers;
  }

  /** For commands that send no code. */
  ResponseEntity<Object> send(KeyRingCommand command, Account caller) {
    Decision decision = decide(command, caller);
    return answers.to(decision, command.accountId(), caller);
  }

  /** For commands that send a code, and so need an address to send it to. */
  ResponseEntity<Object> sendWithCode(KeyRingCommand command, Account caller) {
    if (caller.email() == null) {
      throw new ProblemException(ProblemType.EMAIL_MISSING);
    }
    return send(command, caller);
  }

  private Decision decide(KeyRingCommand command, Account caller) {
    return reach(() -> keyRings.send(command, caller.email()));
  }

  /** Does what needs the event store, and tells the caller if it can't be reached. */
  <T> T reach(Supplier<T> work) {
    try {
      return work.get();
    } catch (ConcurrencyException othersWereFaster) {
      throw unavailable(othersWereFaster);
    } catch (RuntimeException fault) {
      throw StoreOutage.isCauseOf(fault) ? unavailable(fault) : fault;
    }
  }

  private static ProblemException unavailable(RuntimeException cause) {
    return new ProblemException(ProblemType.UNAVAILABLE, cause).retryAfter(TRY_AGAIN);
  }
}
