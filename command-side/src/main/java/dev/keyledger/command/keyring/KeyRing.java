package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.Refusal.Rule.CHALLENGE_CLOSED;
import static dev.keyledger.command.keyring.Refusal.Rule.CHALLENGE_EXPIRED;
import static dev.keyledger.command.keyring.Refusal.Rule.INVALID_ALGORITHM;
import static dev.keyledger.command.keyring.Refusal.Rule.INVALID_EXPIRY;
import static dev.keyledger.command.keyring.Refusal.Rule.INVALID_GRACE;
import static dev.keyledger.command.keyring.Refusal.Rule.INVALID_LABEL;
import static dev.keyledger.command.keyring.Refusal.Rule.INVALID_REASON;
import static dev.keyledger.command.keyring.Refusal.Rule.INVALID_VERIFICATION_KEY;
import static dev.keyledger.command.keyring.Refusal.Rule.KEYS_EXIST;
import static dev.keyledger.command.keyring.Refusal.Rule.KEY_EXPIRED;
import static dev.keyledger.command.keyring.Refusal.Rule.KEY_LIMIT_REACHED;
import static dev.keyledger.command.keyring.Refusal.Rule.KEY_NOT_DISABLED;
import static dev.keyledger.command.keyring.Refusal.Rule.KEY_RETIRING;
import static dev.keyledger.command.keyring.Refusal.Rule.LABEL_TAKEN;
import static dev.keyledger.command.keyring.Refusal.Rule.NO_ENROLMENT;
import static dev.keyledger.command.keyring.Refusal.Rule.TOTP_REQUIRED;
import static dev.keyledger.command.keyring.Refusal.Rule.TWO_FACTOR_ALREADY_ENABLED;
import static dev.keyledger.command.keyring.Refusal.Rule.TWO_FACTOR_REQUIRED;
import static dev.keyledger.command.keyring.Refusal.Rule.UNKNOWN_CHALLENGE;
import static dev.keyledger.command.keyring.Refusal.Rule.UNKNOWN_KEY;
import static dev.keyledger.command.keyring.Refusal.Rule.WRONG_TOTP;

import dev.keyledger.command.keyring.KeyRingCommand.CancelChallenge;
import dev.keyledger.command.keyring.KeyRingCommand.ConfirmTwoFactor;
import dev.keyledger.command.keyring.KeyRingCommand.CreateKey;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteAll;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteKey;
import dev.keyledger.command.keyring.KeyRingCommand.DisableKey;
import dev.keyledger.command.keyring.KeyRingCommand.DisableLeakedKey;
import dev.keyledger.command.keyring.KeyRingCommand.DisableTwoFactor;
import dev.keyledger.command.keyring.KeyRingCommand.EditPermissions;
import dev.keyledger.command.keyring.KeyRingCommand.EnableKey;
import dev.keyledger.command.keyring.KeyRingCommand.EnableTwoFactor;
import dev.keyledger.command.keyring.KeyRingCommand.EndGrace;
import dev.keyledger.command.keyring.KeyRingCommand.ErasePerson;
import dev.keyledger.command.keyring.KeyRingCommand.ExpireKey;
import dev.keyledger.command.keyring.KeyRingCommand.LapseOpenKey;
import dev.keyledger.command.keyring.KeyRingCommand.ResetTwoFactor;
import dev.keyledger.command.keyring.KeyRingCommand.RotateKey;
import dev.keyledger.command.keyring.KeyRingCommand.SendCode;
import dev.keyledger.command.keyring.KeyRingCommand.VerifyCode;
import dev.keyledger.command.keyring.KeyRingCommand.WarnOfExpiry;
import dev.keyledger.command.keyring.Outcome.ChallengeCancelled;
import dev.keyledger.command.keyring.Outcome.ChallengeWaits;
import dev.keyledger.command.keyring.Outcome.EnrolmentStarted;
import dev.keyledger.command.keyring.Outcome.KeyMade;
import dev.keyledger.command.keyring.Outcome.KeyReplaced;
import dev.keyledger.command.keyring.Outcome.KeyResumed;
import dev.keyledger.command.keyring.Outcome.KeyStopped;
import dev.keyledger.command.keyring.Outcome.KeysDeleted;
import dev.keyledger.command.keyring.Outcome.NothingDue;
import dev.keyledger.command.keyring.Outcome.PermissionsReplaced;
import dev.keyledger.command.keyring.Outcome.PersonForgotten;
import dev.keyledger.command.keyring.Outcome.Refused;
import dev.keyledger.command.keyring.Outcome.StepTaken;
import dev.keyledger.command.keyring.Outcome.TwoFactorConfirmed;
import dev.keyledger.command.keyring.Outcome.TwoFactorGone;
import dev.keyledger.command.keyring.Outcome.TwoFactorSwitchedOff;
import dev.keyledger.command.keyring.Refusal.AccountLocked;
import dev.keyledger.command.keyring.Refusal.CodeCooldown;
import dev.keyledger.command.keyring.Refusal.WrongCode;
import dev.keyledger.command.keyring.Rules.TwoFactorPolicy;
import dev.keyledger.command.keyring.Tools.NewKey;
import dev.keyledger.command.keyring.WantedRights.Checked;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.ExpiryChanged;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.KeyEnabled;
import dev.keyledger.events.KeyRingEvent.KeyExpired;
import dev.keyledger.events.KeyRingEvent.KeyExpiring;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.KeyRingEvent.PermissionsLapsed;
import dev.keyledger.events.KeyRingEvent.PersonErased;
import dev.keyledger.events.KeyRingEvent.TwoFactorDisabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import dev.keyledger.events.KeyRingEvent.TwoFactorReset;
import dev.keyledger.events.Operation;
import dev.keyledger.events.Rights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The key ring of one account: the consistency boundary for codes that work once, labels, limits
 * and delete-all. It reads from top to bottom in the order in which a user goes through it.
 *
 * <p>The revision guards snapshots: raise it whenever {@link KeyRingState} changes its shape.
 */
@Revision("4")
public class KeyRing {
  private static final String CANCELLED = "cancelled";
  private static final String SUPERSEDED = "superseded";
  private static final String WORN_OUT = "worn-out";
  private static final String OUTDATED = "outdated";
  private static final String BY_OWNER = "by-owner";
  private static final String LEAK_REPORTED = "leak-reported";
  private static final String SUPPORT_RESET = "support-reset";

  @AggregateIdentifier private String accountId = "";
  private KeyRingState state = KeyRingState.EMPTY;

  /** For rebuilding from events. */
  protected KeyRing() {}

  /** A ring that nothing happened to. */
  public KeyRing(String accountId) {
    this.accountId = accountId;
  }

  /** This ring as it is now, whatever becomes of this one. */
  public KeyRing asItIs() {
    KeyRing copy = new KeyRing(accountId);
    copy.state = state;
    return copy;
  }

  // ---- the second factor -------------------------------------------------------------------

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(EnableTwoFactor command, Tools tools) {
    if (state.twoFactor().isEnabled()) {
      return refused(TWO_FACTOR_ALREADY_ENABLED);
    }
    String enrolmentId = tools.identifiers().newEnrolmentId();
    String rootKeyId = tools.codes().currentRootKeyId();
    apply(
        new TwoFactorEnrolmentStarted(
            command.accountId(), tools.clock().instant(), enrolmentId, rootKeyId));
    return decided(
        new EnrolmentStarted(
            tools.codes().totpSecret(rootKeyId, command.accountId(), enrolmentId)));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(ConfirmTwoFactor command, Tools tools) {
    if (state.twoFactor().status() != TwoFactor.Status.PENDING) {
      return refused(NO_ENROLMENT);
    }
    Instant now = tools.clock().instant();
    OptionalLong step = acceptableStep(command.totp(), tools, now);
    if (step.isEmpty()) {
      return refused(WRONG_TOTP);
    }
    // What was opened while the e-mailed code alone was enough must not be finished with it alone.
    closeOpenChallenge(SUPERSEDED, now);
    apply(new TwoFactorEnabled(accountId, now, state.twoFactor().enrolmentId(), step.getAsLong()));
    return decided(new TwoFactorConfirmed());
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(DisableTwoFactor command, Tools tools) {
    if (!state.twoFactor().isEnabled()) {
      return refused(TWO_FACTOR_REQUIRED);
    }
    if (!state.keys().isEmpty()) {
      return refused(KEYS_EXIST);
    }
    return open(new Operation.DisableTwoFactor(), tools);
  }

  // ---- keys: each opens a challenge and changes nothing yet --------------------------------

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(CreateKey command, Tools tools) {
    if (needsTwoFactorFirst(tools.rules())) {
      return refused(TWO_FACTOR_REQUIRED);
    }
    if (!Label.isValid(command.label())) {
      return refused(INVALID_LABEL);
    }
    if (state.keys().stream().anyMatch(key -> key.label().equals(command.label()))) {
      return refused(LABEL_TAKEN);
    }
    WantedRights wanted =
        new WantedRights(
            command.permissions(), command.trustedIps(), Change.to(command.rateLimit()));
    return switch (wanted.check(null, tools.rules())) {
      case Checked.Wrong(Refusal.Rule rule) -> refused(rule);
      case Checked.Fine(Rights rights) -> askForKey(command, rights, tools);
    };
  }

  private Decision askForKey(CreateKey command, Rights rights, Tools tools) {
    if (state.keys().size() - state.retiringKeys() >= tools.rules().maxKeys()) {
      return refused(KEY_LIMIT_REACHED);
    }
    Optional<Algorithm> algorithm = Algorithm.parse(command.algorithm());
    if (algorithm.isEmpty()) {
      return refused(INVALID_ALGORITHM);
    }
    if (!isUsable(command.verificationKey(), algorithm.get(), tools)) {
      return refused(INVALID_VERIFICATION_KEY);
    }
    Expiry expiry = Expiry.parse(command.expiresAt());
    if (!expiry.isValid(tools.clock().instant())) {
      return refused(INVALID_EXPIRY);
    }
    return open(
        new Operation.CreateKey(
            command.label(),
            rights.permissions(),
            rights.trustedIps(),
            algorithm.get().publicName(),
            command.verificationKey(),
            rights.rateLimit(),
            expiry.instant()),
        tools);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(EditPermissions command, Tools tools) {
    if (needsTwoFactorFirst(tools.rules())) {
      return refused(TWO_FACTOR_REQUIRED);
    }
    Optional<ApiKey> key = state.key(command.publicApiKey());
    if (key.isEmpty()) {
      return refused(UNKNOWN_KEY);
    }
    if (key.get().isRetiring()) {
      return refused(KEY_RETIRING);
    }
    WantedRights wanted =
        new WantedRights(command.permissions(), command.trustedIps(), command.rateLimit());
    return switch (wanted.check(key.get().rights().rateLimit(), tools.rules())) {
      case Checked.Wrong(Refusal.Rule rule) -> refused(rule);
      case Checked.Fine(Rights rights) -> askForEdit(command, key.get(), rights, tools);
    };
  }

  private Decision askForEdit(EditPermissions command, ApiKey key, Rights rights, Tools tools) {
    Instant expiresAt = key.expiresAt();
    if (command.expiresAt() instanceof Change.To<String>(String text)) {
      Expiry expiry = Expiry.parse(text);
      if (!expiry.isValid(tools.clock().instant())) {
        return refused(INVALID_EXPIRY);
      }
      expiresAt = expiry.instant();
    }
    return open(
        new Operation.EditPermissions(
            key.publicApiKey(),
            key.label(),
            rights.permissions(),
            rights.trustedIps(),
            rights.rateLimit(),
            expiresAt),
        tools);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(EnableKey command, Tools tools) {
    if (needsTwoFactorFirst(tools.rules())) {
      return refused(TWO_FACTOR_REQUIRED);
    }
    Optional<ApiKey> key = state.key(command.publicApiKey());
    if (key.isEmpty()) {
      return refused(UNKNOWN_KEY);
    }
    if (key.get().isRetiring()) {
      return refused(KEY_RETIRING);
    }
    if (key.get().isExpired(tools.clock().instant())) {
      return refused(KEY_EXPIRED);
    }
    if (!key.get().isDisabled()) {
      return refused(KEY_NOT_DISABLED);
    }
    return open(new Operation.EnableKey(key.get().publicApiKey(), key.get().label()), tools);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(RotateKey command, Tools tools) {
    if (needsTwoFactorFirst(tools.rules())) {
      return refused(TWO_FACTOR_REQUIRED);
    }
    Optional<ApiKey> found = state.key(command.publicApiKey());
    if (found.isEmpty()) {
      return refused(UNKNOWN_KEY);
    }
    ApiKey key = found.get();
    if (key.isRetiring()) {
      return refused(KEY_RETIRING);
    }
    if (key.isExpired(tools.clock().instant())) {
      return refused(KEY_EXPIRED);
    }
    Optional<Duration> grace = Grace.parse(command.grace());
    if (grace.isEmpty()) {
      return refused(INVALID_GRACE);
    }
    String verificationKey = command.verificationKey();
    if (!isUsable(verificationKey, algorithmOf(key), tools)
        || (verificationKey != null && verificationKey.equals(key.verificationKey()))) {
      return refused(INVALID_VERIFICATION_KEY);
    }
    if (state.retiringKeys() >= tools.rules().maxKeys()) {
      return refused(KEY_LIMIT_REACHED);
    }
    return open(
        new Operation.RotateKey(key.publicApiKey(), key.label(), grace.get(), verificationKey),
        tools);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(DeleteKey command, Tools tools) {
    if (needsTwoFactorFirst(tools.rules())) {
      return refused(TWO_FACTOR_REQUIRED);
    }
    return state
        .key(command.publicApiKey())
        .map(key -> open(new Operation.DeleteKey(key.publicApiKey(), key.label()), tools))
        .orElseGet(() -> refused(UNKNOWN_KEY));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(DeleteAll command, Tools tools) {
    if (needsTwoFactorFirst(tools.rules())) {
      return refused(TWO_FACTOR_REQUIRED);
    }
    return open(new Operation.DeleteAll(), tools);
  }

  // ---- closing a door takes no code --------------------------------------------------------

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(DisableKey command, Tools tools) {
    Optional<ApiKey> key = state.key(command.publicApiKey());
    if (key.isEmpty()) {
      return refused(UNKNOWN_KEY);
    }
    if (!key.get().isDisabled()) {
      apply(disabled(key.get(), BY_OWNER, null, tools.clock().instant()));
    }
    return stopped(command.publicApiKey());
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(DisableLeakedKey command, Tools tools) {
    Optional<ApiKey> key = state.key(command.publicApiKey());
    if (key.isEmpty()) {
      return refused(UNKNOWN_KEY);
    }
    if (!LEAK_REPORTED.equals(key.get().disabledBecause())) {
      Instant now = tools.clock().instant();
      // Whoever asked for the key to go on did not know yet that it leaked.
      if (state.challenge() != null && letsGoOn(command.publicApiKey(), state.challenge())) {
        closeOpenChallenge(OUTDATED, now);
      }
      apply(disabled(key.get(), LEAK_REPORTED, null, now));
    }
    return stopped(command.publicApiKey());
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(ResetTwoFactor command, Tools tools) {
    Optional<String> reason = SupportReason.parse(command.reason());
    if (reason.isEmpty()) {
      return refused(INVALID_REASON);
    }
    if (!state.twoFactor().isEnabled()) {
      return refused(NO_ENROLMENT);
    }
    Instant now = tools.clock().instant();
    closeOpenChallenge(OUTDATED, now);
    List<ApiKey> working = state.keys().stream().filter(key -> !key.isDisabled()).toList();
    working.forEach(key -> apply(disabled(key, SUPPORT_RESET, command.supporter(), now)));
    apply(
        new TwoFactorReset(
            accountId, now, state.twoFactor().enrolmentId(), command.supporter(), reason.get()));
    return decided(new TwoFactorGone(working.stream().map(ApiKey::publicApiKey).toList()));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(ErasePerson command, Tools tools) {
    if (state.mayHaveAddress()) {
      Instant now = tools.clock().instant();
      // Its code went to an address that nobody here knows from now on.
      closeOpenChallenge(OUTDATED, now);
      apply(new PersonErased(accountId, now, command.supporter()));
    }
    return decided(new PersonForgotten());
  }

  // ---- what time brings about --------------------------------------------------------------

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(WarnOfExpiry command, Tools tools) {
    Instant now = tools.clock().instant();
    return ifDue(
        command.publicApiKey(),
        key -> key.isWarningDue(now),
        key ->
            new KeyExpiring(
                accountId,
                now,
                key.publicApiKey(),
                key.label(),
                Objects.requireNonNull(key.expiresAt())));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(ExpireKey command, Tools tools) {
    Instant now = tools.clock().instant();
    return ifDue(
        command.publicApiKey(),
        key -> key.isExpiryDue(now),
        key ->
            new KeyExpired(
                accountId,
                now,
                key.publicApiKey(),
                key.label(),
                Objects.requireNonNull(key.expiresAt())));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(EndGrace command, Tools tools) {
    Instant now = tools.clock().instant();
    return ifDue(
        command.publicApiKey(),
        key -> key.isGraceOver(now),
        key ->
            new KeyDeleted(
                accountId,
                now,
                Objects.requireNonNull(key.retirement()).challengeId(),
                key.publicApiKey(),
                key.label()));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(LapseOpenKey command, Tools tools) {
    Instant now = tools.clock().instant();
    return ifDue(
        command.publicApiKey(),
        key -> key.isLapseDue(tools.rules().openIpLapse(), now),
        key ->
            new PermissionsLapsed(
                accountId,
                now,
                key.publicApiKey(),
                key.label(),
                key.rights(),
                new Rights(
                    Permissions.LEAST, key.rights().trustedIps(), key.rights().rateLimit())));
  }

  // ---- challenges --------------------------------------------------------------------------

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(SendCode command, Tools tools) {
    Instant now = tools.clock().instant();
    Challenge challenge = openChallenge(command.challengeId());
    if (challenge == null) {
      return refused(whyNotOpen(command.challengeId(), tools));
    }
    if (challenge.isExpired(now)) {
      return refused(CHALLENGE_EXPIRED);
    }
    if (coolingDown(now)) {
      return refused(cooldown(now));
    }
    apply(
        new CodeReissued(
            accountId,
            now,
            challenge.challengeId(),
            challenge.operation(),
            challenge.factors(),
            challenge.issue() + 1,
            tools.codes().currentRootKeyId(),
            now.plus(tools.rules().codeLifetime()),
            now.plus(tools.rules().resendCooldown())));
    return waits();
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(VerifyCode command, Tools tools) {
    Instant now = tools.clock().instant();
    Instant lockedUntil = state.lockedUntil();
    if (lockedUntil != null && now.isBefore(lockedUntil)) {
      return refused(new AccountLocked(Duration.between(now, lockedUntil)));
    }
    Challenge challenge = openChallenge(command.challengeId());
    if (challenge == null) {
      return refused(whyNotOpen(command.challengeId(), tools));
    }
    if (challenge.isExpired(now)) {
      return refused(CHALLENGE_EXPIRED);
    }
    SecretText totp = command.totp();
    if (challenge.needsTotp() && totp == null) {
      return refused(TOTP_REQUIRED);
    }
    // Both factors are always looked at, so that the time tells nothing of which was wrong.
    boolean emailCodeIsRight =
        tools
            .codes()
            .emailCode(challenge.rootKeyId(), challenge.challengeId(), challenge.issue())
            .matches(command.emailCode());
    OptionalLong step =
        challenge.needsTotp() && totp != null
            ? acceptableStep(totp, tools, now)
            : OptionalLong.empty();
    boolean totpIsRight = !challenge.needsTotp() || step.isPresent();
    if (!(emailCodeIsRight && totpIsRight)) {
      return rejected(challenge, tools.rules(), now);
    }
    return perform(challenge, step, tools, now);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Decision handle(CancelChallenge command, Tools tools) {
    Instant now = tools.clock().instant();
    Challenge challenge = openChallenge(command.challengeId());
    if (challenge == null) {
      return refused(whyNotOpen(command.challengeId(), tools));
    }
    if (challenge.isExpired(now)) {
      return refused(CHALLENGE_EXPIRED);
    }
    closeOpenChallenge(CANCELLED, now);
    return decided(new ChallengeCancelled());
  }

  // ---- what was decided --------------------------------------------------------------------

  @EventSourcingHandler
  void on(KeyRingEvent event) {
    accountId = event.accountId();
    state = state.evolve(event);
  }

  // ---- the rules in words ------------------------------------------------------------------

  private boolean needsTwoFactorFirst(Rules rules) {
    return rules.twoFactorPolicy() == TwoFactorPolicy.REQUIRED && !state.twoFactor().isEnabled();
  }

  private static boolean isUsable(
      @Nullable String verificationKey, Algorithm algorithm, Tools tools) {
    return verificationKey == null
        || (algorithm == Algorithm.ED25519 && tools.keyMaker().isVerificationKey(verificationKey));
  }

  private static Algorithm algorithmOf(ApiKey key) {
    return Algorithm.parse(key.algorithm()).orElseThrow();
  }

  private boolean coolingDown(Instant now) {
    return state.nextCodeAfter() != null && now.isBefore(state.nextCodeAfter());
  }

  private CodeCooldown cooldown(Instant now) {
    return new CodeCooldown(Duration.between(now, Objects.requireNonNull(state.nextCodeAfter())));
  }

  private @Nullable Challenge openChallenge(String challengeId) {
    Challenge open = state.challenge();
    return open != null && open.challengeId().equals(challengeId) ? open : null;
  }

  private Refusal whyNotOpen(String challengeId, Tools tools) {
    return tools.identifiers().isChallengeOf(accountId, challengeId)
        ? CHALLENGE_CLOSED
        : UNKNOWN_CHALLENGE;
  }

  private OptionalLong acceptableStep(SecretText totp, Tools tools, Instant now) {
    TwoFactor factor = state.twoFactor();
    SecretText secret =
        tools.codes().totpSecret(factor.rootKeyId(), accountId, factor.enrolmentId());
    OptionalLong step = tools.codes().matchingStep(secret, totp, now);
    return step.isPresent() && factor.isUsed(step.getAsLong()) ? OptionalLong.empty() : step;
  }

  // ---- steps that several commands share ---------------------------------------------------

  private Decision open(Operation operation, Tools tools) {
    Instant now = tools.clock().instant();
    if (coolingDown(now)) {
      return refused(cooldown(now));
    }
    closeOpenChallenge(SUPERSEDED, now);
    apply(
        new ChallengeOpened(
            accountId,
            now,
            tools.identifiers().newChallengeId(accountId),
            operation,
            state.twoFactor().isEnabled()
                ? List.of(Challenge.EMAIL, Challenge.TOTP)
                : List.of(Challenge.EMAIL),
            1,
            tools.codes().currentRootKeyId(),
            tools.rules().maxAttempts(),
            now.plus(tools.rules().codeLifetime()),
            now.plus(tools.rules().resendCooldown())));
    return waits();
  }

  private Decision waits() {
    return decided(new ChallengeWaits(Objects.requireNonNull(state.challenge())));
  }

  private void closeOpenChallenge(String reason, Instant now) {
    Challenge open = state.challenge();
    if (open != null) {
      apply(new ChallengeClosed(accountId, now, open.challengeId(), reason));
    }
  }

  private Decision rejected(Challenge challenge, Rules rules, Instant now) {
    int left = challenge.attemptsLeft() - 1;
    int inARow = state.rejectionsInARow() + 1;
    apply(new CodeRejected(accountId, now, challenge.challengeId(), left, inARow));
    if (left <= 0) {
      closeOpenChallenge(WORN_OUT, now);
    }
    if (inARow >= rules.lockAfter()) {
      apply(new KeyRingEvent.AccountLocked(accountId, now, now.plus(rules.lockFor())));
    }
    return refused(new WrongCode(left));
  }

  private Decision stopped(String publicApiKey) {
    return decided(new KeyStopped(state.key(publicApiKey).orElseThrow()));
  }

  private static boolean letsGoOn(String publicApiKey, Challenge challenge) {
    return switch (challenge.operation()) {
      case Operation.EnableKey enable -> enable.publicApiKey().equals(publicApiKey);
      case Operation.RotateKey rotate -> rotate.publicApiKey().equals(publicApiKey);
      default -> false;
    };
  }

  private KeyDisabled disabled(ApiKey key, String reason, @Nullable String supporter, Instant now) {
    return new KeyDisabled(accountId, now, key.publicApiKey(), key.label(), reason, supporter);
  }

  /** Does what a challenge was opened for, unless it became impossible since. */
  private Decision perform(Challenge challenge, OptionalLong step, Tools tools, Instant now) {
    String id = challenge.challengeId();
    CodeVerified verified =
        new CodeVerified(
            accountId,
            now,
            id,
            challenge.factors(),
            step.isPresent() ? (Long) step.getAsLong() : null);
    Optional<Refusal.Rule> obstacle = obstacle(challenge.operation(), now);
    if (obstacle.isPresent()) {
      closeOpenChallenge(OUTDATED, now);
      return refused(obstacle.get());
    }
    apply(verified);
    return switch (challenge.operation()) {
      case Operation.CreateKey create -> createKey(create, id, tools, now);
      case Operation.EditPermissions edit -> edit(edit, id, now);
      case Operation.EnableKey enable -> {
        apply(new KeyEnabled(accountId, now, id, enable.publicApiKey(), enable.label()));
        yield decided(new KeyResumed(state.key(enable.publicApiKey()).orElseThrow()));
      }
      case Operation.RotateKey rotate -> rotate(rotate, id, tools, now);
      case Operation.DeleteKey delete -> {
        apply(new KeyDeleted(accountId, now, id, delete.publicApiKey(), delete.label()));
        yield decided(new KeysDeleted(List.of(delete.publicApiKey())));
      }
      case Operation.DeleteAll all -> {
        List<String> keys = state.keys().stream().map(ApiKey::publicApiKey).toList();
        apply(new AllKeysDeleted(accountId, now, id, keys));
        yield decided(new KeysDeleted(keys));
      }
      case Operation.DisableTwoFactor off -> {
        apply(new TwoFactorDisabled(accountId, now, state.twoFactor().enrolmentId(), id));
        yield decided(new TwoFactorSwitchedOff());
      }
    };
  }

  /** What came in between, while the codes were on their way: time, mostly. */
  private Optional<Refusal.Rule> obstacle(Operation operation, Instant now) {
    return switch (operation) {
      case Operation.CreateKey create -> over(create.expiresAt(), now);
      case Operation.EditPermissions edit ->
          state
              .key(edit.publicApiKey())
              .map(key ->
                  Objects.equals(edit.expiresAt(), key.expiresAt())
                      ? Optional.<Refusal.Rule>empty()
                      : over(edit.expiresAt(), now))
              .orElse(Optional.of(UNKNOWN_KEY));
      case Operation.EnableKey enable -> goneOrExpired(enable.publicApiKey(), now);
      case Operation.RotateKey rotate -> goneOrExpired(rotate.publicApiKey(), now);
      case Operation.DeleteKey delete ->
          state.key(delete.publicApiKey()).isPresent()
              ? Optional.empty()
              : Optional.of(UNKNOWN_KEY);
      case Operation.DeleteAll _ -> Optional.empty();
      case Operation.DisableTwoFactor _ -> Optional.empty();
    };
  }

  private static Optional<Refusal.Rule> over(@Nullable Instant expiresAt, Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt)
        ? Optional.of(INVALID_EXPIRY)
        : Optional.empty();
  }

  private Optional<Refusal.Rule> goneOrExpired(String publicApiKey, Instant now) {
    return state
        .key(publicApiKey)
        .map(key -> key.isExpired(now) ? Optional.of(KEY_EXPIRED) : Optional.<Refusal.Rule>empty())
        .orElse(Optional.of(UNKNOWN_KEY));
  }

  private Decision createKey(
      Operation.CreateKey create, String challengeId, Tools tools, Instant now) {
    NewKey made =
        tools
            .keyMaker()
            .make(Algorithm.parse(create.algorithm()).orElseThrow(), create.verificationKey());
    apply(
        new KeyCreated(
            accountId,
            now,
            challengeId,
            made.publicApiKey(),
            create.label(),
            create.algorithm(),
            made.verificationKey(),
            made.secretRootKeyId(),
            create.permissions(),
            create.trustedIps(),
            create.rateLimit(),
            create.expiresAt()));
    return decided(new KeyMade(state.key(made.publicApiKey()).orElseThrow(), made.secret()));
  }

  private Decision edit(Operation.EditPermissions edit, String challengeId, Instant now) {
    ApiKey key = state.key(edit.publicApiKey()).orElseThrow();
    apply(
        new PermissionsEdited(
            accountId,
            now,
            challengeId,
            key.publicApiKey(),
            key.label(),
            key.rights(),
            new Rights(edit.permissions(), edit.trustedIps(), edit.rateLimit())));
    if (!Objects.equals(edit.expiresAt(), key.expiresAt())) {
      apply(
          new ExpiryChanged(
              accountId,
              now,
              challengeId,
              key.publicApiKey(),
              key.label(),
              key.expiresAt(),
              edit.expiresAt()));
    }
    return decided(new PermissionsReplaced(state.key(edit.publicApiKey()).orElseThrow()));
  }

  private Decision rotate(
      Operation.RotateKey rotate, String challengeId, Tools tools, Instant now) {
    ApiKey key = state.key(rotate.publicApiKey()).orElseThrow();
    NewKey made = tools.keyMaker().make(algorithmOf(key), rotate.verificationKey());
    Instant graceEndsAt = now.plus(rotate.grace());
    apply(
        new KeyRotated(
            accountId,
            now,
            challengeId,
            key.publicApiKey(),
            made.publicApiKey(),
            key.label(),
            key.algorithm(),
            made.verificationKey(),
            made.secretRootKeyId(),
            key.rights(),
            key.expiresAt(),
            graceEndsAt));
    if (rotate.grace().isZero()) {
      apply(new KeyDeleted(accountId, now, challengeId, key.publicApiKey(), key.label()));
    }
    return decided(
        new KeyReplaced(
            state.key(made.publicApiKey()).orElseThrow(),
            made.secret(),
            key.publicApiKey(),
            graceEndsAt));
  }

  /** Takes a step that time has brought about, and none where it came too early or too late. */
  private Decision ifDue(
      String publicApiKey, Predicate<ApiKey> isDue, Function<ApiKey, KeyRingEvent> step) {
    Optional<ApiKey> key = state.key(publicApiKey).filter(isDue);
    if (key.isEmpty()) {
      return decided(new NothingDue());
    }
    apply(step.apply(key.get()));
    return decided(new StepTaken());
  }

  private static void apply(KeyRingEvent event) {
    AggregateLifecycle.apply(event);
  }

  private static Decision refused(Refusal refusal) {
    return decided(new Refused(refusal));
  }

  private static Decision decided(Outcome outcome) {
    Long lastSequence = AggregateLifecycle.getVersion();
    return new Decision(outcome, lastSequence == null ? 0 : lastSequence + 1);
  }
}
