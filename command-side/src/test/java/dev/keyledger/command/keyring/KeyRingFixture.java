package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.FakeCodes.ROOT_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.keyring.KeyRingCommand.VerifyCode;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import dev.keyledger.events.Operation;
import dev.keyledger.events.Rights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * One account's key ring on Axon's in-memory event store: given events, when a command, then events
 * or a refusal. Axon's own fixture knows neither the factory for rings that are not there yet nor
 * positions, and both are part of what is tested here.
 */
final class KeyRingFixture {
  static final String ACCOUNT = "alice";
  static final String ENROLMENT = "enrolment-1";
  static final String CHALLENGE = "alice-challenge-1";
  static final String ROTATION = "alice-challenge-rotation";
  static final SecretText WRONG = SecretText.of("wrong");
  static final List<String> EMAIL_ONLY = List.of("email");
  static final List<String> BOTH = List.of("email", "totp");

  private final FakeIdentifiers identifiers = new FakeIdentifiers();
  private final FakeCodes codes = new FakeCodes();
  private final Configuration axon;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private boolean twoFactor;
  private int keys;

  KeyRingFixture() {
    this(TestRules.DEFAULTS);
  }

  KeyRingFixture(Rules rules) {
    Tools tools = new Tools(rules, () -> now, identifiers, codes, new FakeKeyMaker());
    axon =
        DefaultConfigurer.defaultConfiguration(false)
            .registerComponent(Tools.class, c -> tools)
            .configureEmbeddedEventStore(c -> new InMemoryEventStorageEngine())
            .configureAggregate(
                AggregateConfigurer.defaultConfiguration(KeyRing.class)
                    .configureCreationPolicyAggregateFactory(
                        c -> id -> new KeyRing(Objects.requireNonNull(id).toString())))
            .start();
  }

  // ---- given -------------------------------------------------------------------------------

  KeyRingFixture given(KeyRingEvent... events) {
    long sequence = history().size();
    for (KeyRingEvent event : events) {
      axon.eventStore()
          .publish(new GenericDomainEventMessage<>("KeyRing", ACCOUNT, sequence++, event));
    }
    return this;
  }

  KeyRingFixture givenEnrolment() {
    return given(
        new TwoFactorEnrolmentStarted(ACCOUNT, now, identifiers.newEnrolmentId(), ROOT_KEY));
  }

  /** Enabled long ago, so that no step of the present was used. */
  KeyRingFixture givenTwoFactor() {
    twoFactor = true;
    return givenEnrolment().given(new TwoFactorEnabled(ACCOUNT, now, ENROLMENT, step() - 1000));
  }

  /** A key with that label; its public key is {@code key-1}, {@code key-2} and so on. */
  KeyRingFixture givenKey(String label) {
    return givenKey(label, null, "read");
  }

  KeyRingFixture givenKey(String label, @Nullable Instant expiresAt, String... permissions) {
    return given(
        new KeyCreated(
            ACCOUNT,
            now,
            "alice-challenge-0",
            "key-" + ++keys,
            label,
            "ed25519",
            "verifies it",
            null,
            List.of(permissions),
            List.of(),
            null,
            expiresAt));
  }

  KeyRingFixture givenDisabled(String publicApiKey, String label) {
    return given(new KeyDisabled(ACCOUNT, now, publicApiKey, label, "by-owner", null));
  }

  /** The key {@code new-key} took another one's place. */
  KeyRingFixture givenRotated(String publicApiKey, String label, Duration grace) {
    return given(
        new KeyRotated(
            ACCOUNT,
            now,
            ROTATION,
            publicApiKey,
            "new-key",
            label,
            "ed25519",
            "verifies the new one",
            null,
            new Rights(List.of("read"), List.of()),
            null,
            now.plus(grace)));
  }

  /** An open challenge; the first is {@link #CHALLENGE}. */
  KeyRingFixture givenOpen(Operation operation) {
    return given(opened(identifiers.newChallengeId(ACCOUNT), operation));
  }

  KeyRingFixture after(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  // ---- when --------------------------------------------------------------------------------

  Then when(KeyRingCommand command) {
    int before = history().size();
    Decision decision = axon.commandGateway().sendAndWait(command);
    List<KeyRingEvent> history = history();
    assertThat(decision.position()).isEqualTo(history.size());
    return new Then(decision, history.subList(before, history.size()));
  }

  /** Enters the right codes of a challenge's first issue. */
  VerifyCode rightCodes(String challengeId) {
    return new VerifyCode(ACCOUNT, challengeId, emailCode(challengeId, 1), totp(0));
  }

  VerifyCode wrongCodes(String challengeId) {
    return new VerifyCode(ACCOUNT, challengeId, WRONG, totp(0));
  }

  SecretText emailCode(String challengeId, int issue) {
    return codes.emailCode(ROOT_KEY, challengeId, issue);
  }

  /** The code of the first enrolment, of a step before or after the present one. */
  SecretText totp(int stepsFromNow) {
    return totp(ENROLMENT, stepsFromNow);
  }

  SecretText totp(String enrolmentId, int stepsFromNow) {
    return FakeCodes.totp(codes.totpSecret(ROOT_KEY, ACCOUNT, enrolmentId), step() + stepsFromNow);
  }

  // ---- words for then ----------------------------------------------------------------------

  Instant now() {
    return now;
  }

  long step() {
    return FakeCodes.stepOf(now);
  }

  /** The event of a challenge that is opened now. */
  ChallengeOpened opened(String challengeId, Operation operation) {
    return new ChallengeOpened(
        ACCOUNT,
        now,
        challengeId,
        operation,
        twoFactor ? BOTH : EMAIL_ONLY,
        1,
        ROOT_KEY,
        5,
        now.plus(TestRules.LIFETIME),
        now.plus(TestRules.COOLDOWN));
  }

  private List<KeyRingEvent> history() {
    return axon.eventStore()
        .readEvents(ACCOUNT)
        .asStream()
        .<KeyRingEvent>map(message -> (KeyRingEvent) ((DomainEventMessage<?>) message).getPayload())
        .toList();
  }
}
