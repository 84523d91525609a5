package dev.keyledger.command.store;

import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRingCommand;
import dev.keyledger.command.keyring.Outcome.KeyStopped;
import dev.keyledger.command.keyring.Outcome.NothingDue;
import dev.keyledger.command.keyring.Outcome.PersonForgotten;
import dev.keyledger.command.keyring.Outcome.Refused;
import dev.keyledger.command.keyring.Refusal;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Puts a command to its key ring and brings back what was decided. Blocks, so call it on a virtual
 * thread.
 *
 * <p>Two nodes may decide on the same state at once: the database lets one of them append, and the
 * other decides again on the new state. What appends nothing, as a refusal does, is only believed
 * if the state that it was decided on is still the last one.
 */
public class KeyRings {
  /** Key of the command's metadata under which the caller's address travels to the contacts. */
  static final String EMAIL = "email";

  private static final int ATTEMPTS = 5;

  private final CommandGateway gateway;
  private final EventStorageEngine engine;
  private final Cache cache;
  private final CommandMeter meter;

  KeyRings(CommandGateway gateway, EventStorageEngine engine, Cache cache, CommandMeter meter) {
    this.gateway = gateway;
    this.engine = engine;
    this.cache = cache;
    this.meter = meter;
  }

  /**
   * Puts the command to the key ring of its account.
   *
   * @param email the caller's address, for commands that send a code; null if the token has none
   * @return what was decided; it is durable
   * @throws ConcurrencyException if other nodes were faster several times in a row
   * @throws AggregateStreamCreationException likewise, with the account's first event
   */
  public Decision send(KeyRingCommand command, @Nullable String email) {
    return meter.measure(command, () -> decide(command, email));
  }

  /** Number of the account's last event, 0 if there is none. */
  public long position(String accountId) {
    return engine.lastSequenceNumberFor(accountId).map(last -> last + 1).orElse(0L);
  }

  private Decision decide(KeyRingCommand command, @Nullable String email) {
    CommandMessage<KeyRingCommand> message = new GenericCommandMessage<>(command);
    if (email != null) {
      message = message.andMetaData(java.util.Map.of(EMAIL, email));
    }
    for (int attempt = 1; ; attempt++) {
      try {
        Decision decision = gateway.sendAndWait(message);
        if (!mayHaveAppendedNothing(decision)
            || decision.position() == position(command.accountId())) {
          return decision;
        }
        if (attempt == ATTEMPTS) {
          throw new ConcurrencyException("The key ring kept changing while it was asked.");
        }
        cache.remove(command.accountId());
      } catch (ConcurrencyException | AggregateStreamCreationException otherNodeWasFaster) {
        if (attempt == ATTEMPTS) {
          throw otherNodeWasFaster;
        }
      }
    }
  }

  private static boolean mayHaveAppendedNothing(Decision decision) {
    return switch (decision.outcome()) {
      case Refused refused -> !(refused.refusal() instanceof Refusal.WrongCode);
      case KeyStopped _, NothingDue _, PersonForgotten _ -> true;
      default -> false;
    };
  }
}
