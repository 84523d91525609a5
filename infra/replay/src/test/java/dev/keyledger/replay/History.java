package dev.keyledger.replay;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import dev.keyledger.events.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** One account's events, each a minute after the one before, with log indexes of its own. */
final class History {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final List<String> BOTH = List.of("email", "totp");

  private final String account;
  private final List<LoggedEvent> events = new ArrayList<>();

  History(String account) {
    this.account = account;
  }

  /** The next event, of the account and its time. */
  History then(BiFunction<String, Instant, KeyRingEvent> event) {
    int count = events.size();
    events.add(new LoggedEvent(count, count + 1, event.apply(account, time(count))));
    return this;
  }

  History withTwoFactor() {
    return then((account, at) -> new TwoFactorEnrolmentStarted(account, at, "enrolment-1", "root"))
        .then((account, at) -> new TwoFactorEnabled(account, at, "enrolment-1", 59_000_000));
  }

  /** The operation is asked for, and the codes are right. */
  History approved(String challengeId, Operation operation) {
    return then((account, at) -> opened(account, at, challengeId, operation))
        .then((account, at) -> new CodeVerified(account, at, challengeId, BOTH, 59_000_001L));
  }

  History withKey(String challengeId, String publicApiKey) {
    return approved(challengeId, new Operation.DeleteAll())
        .then((account, at) -> created(account, at, challengeId, publicApiKey));
  }

  History disabled(String publicApiKey) {
    return then(
        (account, at) -> new KeyDisabled(account, at, publicApiKey, "Bot 1", "by-owner", null));
  }

  List<LoggedEvent> events() {
    return List.copyOf(events);
  }

  KeyRing ring() {
    return at(new At.End());
  }

  KeyRing at(At at) {
    try {
      return KeyRing.of(account, events, at);
    } catch (BrokenOrderException e) {
      throw new AssertionError(e);
    }
  }

  /** When the event with that log index was decided. */
  static Instant time(int logIndex) {
    return NOON.plusSeconds(60L * logIndex);
  }

  static ChallengeOpened opened(
      String account, Instant at, String challengeId, Operation operation) {
    return new ChallengeOpened(
        account,
        at,
        challengeId,
        operation,
        BOTH,
        1,
        "root",
        5,
        at.plusSeconds(600),
        at.plusSeconds(60));
  }

  static KeyCreated created(String account, Instant at, String challengeId, String publicApiKey) {
    return new KeyCreated(
        account,
        at,
        challengeId,
        publicApiKey,
        "Bot 1",
        "ed25519",
        "GXm/RAlphM3+hUG6wWfcO5bIUIaqMAAAAAAAAAAAAAA=",
        null,
        List.of("read", "trade"),
        List.of("203.0.113.7"),
        null,
        null);
  }
}
