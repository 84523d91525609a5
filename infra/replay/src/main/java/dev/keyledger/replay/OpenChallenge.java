package dev.keyledger.replay;

import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operation that waits for its codes.
 *
 * @param operation its {@code type}; absent for one that this version doesn't know
 * @param issue number of the code that is valid, from 1
 * @param logIndex of the event that opened it
 * @param openedAt when it was opened
 * @param expiresAt the first instant at which the code no longer works
 */
public record OpenChallenge(
    String challengeId,
    @Nullable String operation,
    List<String> factors,
    int issue,
    int attemptsLeft,
    long logIndex,
    Instant openedAt,
    Instant expiresAt) {
  public OpenChallenge {
    factors = List.copyOf(factors);
  }

  static OpenChallenge of(ChallengeOpened opened, long logIndex) {
    return new OpenChallenge(
        opened.challengeId(),
        name(opened.operation()),
        opened.factors(),
        opened.issue(),
        opened.attemptsLeft(),
        logIndex,
        opened.occurredAt(),
        opened.expiresAt());
  }

  OpenChallenge with(CodeReissued reissued) {
    return new OpenChallenge(
        challengeId,
        operation,
        factors,
        reissued.issue(),
        attemptsLeft,
        logIndex,
        openedAt,
        reissued.expiresAt());
  }

  OpenChallenge withAttemptsLeft(int left) {
    return new OpenChallenge(
        challengeId, operation, factors, issue, left, logIndex, openedAt, expiresAt);
  }

  /** Null for a kind that came after this version, which the reader leaves out. */
  private static @Nullable String name(@Nullable Operation operation) {
    return switch (operation) {
      case null -> null;
      case Operation.CreateKey _ -> Operation.CREATE_KEY;
      case Operation.EditPermissions _ -> Operation.EDIT_PERMISSIONS;
      case Operation.EnableKey _ -> Operation.ENABLE_KEY;
      case Operation.RotateKey _ -> Operation.ROTATE_KEY;
      case Operation.DeleteKey _ -> Operation.DELETE_KEY;
      case Operation.DeleteAll _ -> Operation.DELETE_ALL;
      case Operation.DisableTwoFactor _ -> Operation.DISABLE_TWO_FACTOR;
    };
  }
}
