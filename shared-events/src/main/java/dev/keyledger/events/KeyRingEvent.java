package dev.keyledger.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact about one account's key ring, in the order in which a user brings them about.
 *
 * <p>Events carry plain facts: strings, numbers, UTC instants. None of them holds a code, a secret
 * (encrypted ones included), a TOTP seed or an e-mail address. The position of an event is not part
 * of it; it travels as the CloudEvents attribute {@value CloudEvents#POSITION}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface KeyRingEvent {

  /** The account whose key ring this is about: the {@code sub} of its tokens. */
  String accountId();

  /** When it was decided, UTC. */
  Instant occurredAt();

  /**
   * A TOTP secret was shown to the account. An earlier enrolment that was not confirmed is void.
   *
   * @param enrolmentId what the secret is derived from, together with the account id
   * @param rootKeyId names the root key that the secret is derived from
   */
  record TwoFactorEnrolmentStarted(
      String accountId, Instant occurredAt, String enrolmentId, String rootKeyId)
      implements KeyRingEvent {}

  /**
   * The account proved that its authenticator holds the secret.
   *
   * @param totpStep the time step (Unix seconds / 30, RFC 6238 section 4.2) that is used up by it
   */
  record TwoFactorEnabled(String accountId, Instant occurredAt, String enrolmentId, long totpStep)
      implements KeyRingEvent {}

  /** The second factor is gone; only possible while the ring holds no keys. */
  record TwoFactorDisabled(
      String accountId, Instant occurredAt, String enrolmentId, String challengeId)
      implements KeyRingEvent {}

  /**
   * The support switched the second factor off for an account that lost it. Every key was disabled
   * before.
   *
   * @param supporter the {@code sub} of the supporter's token
   * @param reason what the supporter gave as the reason
   */
  record TwoFactorReset(
      String accountId, Instant occurredAt, String enrolmentId, String supporter, String reason)
      implements KeyRingEvent {}

  /**
   * What identifies the person behind the account was erased: Keyledger has no address of theirs
   * any more, until they give one again. Who else keeps something of the person has to erase it
   * now. Events stay, and so do their proofs.
   *
   * @param supporter the {@code sub} of the supporter's token
   */
  record PersonErased(String accountId, Instant occurredAt, String supporter)
      implements KeyRingEvent {}

  /**
   * An operation waits for its codes; the first code was issued.
   *
   * @param operation what will be done once the codes are right, and nothing else
   * @param factors which codes it takes: {@code email}, or {@code email} and {@code totp}
   * @param issue number of the code, 1 for the first
   * @param rootKeyId names the root key that the code is derived from
   * @param attemptsLeft how many wrong attempts close it
   * @param expiresAt the first instant at which the code no longer works
   * @param resendAfter the first instant at which another code may be asked for
   */
  record ChallengeOpened(
      String accountId,
      Instant occurredAt,
      String challengeId,
      Operation operation,
      List<String> factors,
      int issue,
      String rootKeyId,
      int attemptsLeft,
      Instant expiresAt,
      Instant resendAfter)
      implements KeyRingEvent {}

  /** Another code was issued for the open challenge; the earlier one is void. */
  record CodeReissued(
      String accountId,
      Instant occurredAt,
      String challengeId,
      Operation operation,
      List<String> factors,
      int issue,
      String rootKeyId,
      Instant expiresAt,
      Instant resendAfter)
      implements KeyRingEvent {}

  /**
   * Wrong codes were entered; nothing tells which of them was wrong.
   *
   * @param attemptsLeft how many attempts this challenge has left
   * @param rejectionsInARow wrong attempts since the last right one or the last lock, over all
   *     challenges
   */
  record CodeRejected(
      String accountId,
      Instant occurredAt,
      String challengeId,
      int attemptsLeft,
      int rejectionsInARow)
      implements KeyRingEvent {}

  /**
   * The codes were right; the operation's own event follows in the same step.
   *
   * @param factors the factors that were checked
   * @param totpStep the TOTP time step that is used up by it, absent without a second factor
   */
  record CodeVerified(
      String accountId,
      Instant occurredAt,
      String challengeId,
      List<String> factors,
      @Nullable Long totpStep)
      implements KeyRingEvent {}

  /**
   * A challenge ended without its operation.
   *
   * @param reason {@code cancelled} by the account, {@code superseded} by the next challenge or by
   *     a second factor that was switched on, {@code worn-out} by wrong codes, or {@code outdated}
   *     by what happened since
   */
  record ChallengeClosed(String accountId, Instant occurredAt, String challengeId, String reason)
      implements KeyRingEvent {}

  /**
   * Too many wrong codes in a row: no code is looked at for a while.
   *
   * @param until the first instant at which codes are looked at again
   */
  record AccountLocked(String accountId, Instant occurredAt, Instant until)
      implements KeyRingEvent {}

  /**
   * A key exists from here on.
   *
   * @param algorithm {@code ed25519} or {@code hmac-sha256}
   * @param verificationKey raw Ed25519 public key (RFC 8032 section 5.1.5), 32 bytes in Base64;
   *     absent for {@code hmac-sha256}
   * @param secretRootKeyId names the root key that the secret is derived from; absent for {@code
   *     ed25519}
   * @param permissions some of {@code read}, {@code trade}, {@code withdraw}, in this order
   * @param trustedIps canonical addresses and CIDR ranges; empty means every address
   * @param rateLimit absent means no limit
   * @param expiresAt the first instant at which the key no longer works; absent means never
   */
  record KeyCreated(
      String accountId,
      Instant occurredAt,
      String challengeId,
      String publicApiKey,
      String label,
      String algorithm,
      @Nullable String verificationKey,
      @Nullable String secretRootKeyId,
      List<String> permissions,
      List<String> trustedIps,
      @Nullable RateLimit rateLimit,
      @Nullable Instant expiresAt)
      implements KeyRingEvent {}

  /** What a key may do, from where, and how often, was replaced. */
  record PermissionsEdited(
      String accountId,
      Instant occurredAt,
      String challengeId,
      String publicApiKey,
      String label,
      Rights before,
      Rights after)
      implements KeyRingEvent {}

  /**
   * When a key ends was replaced.
   *
   * @param before absent means never
   * @param after the first instant at which the key no longer works; absent means never
   */
  record ExpiryChanged(
      String accountId,
      Instant occurredAt,
      String challengeId,
      String publicApiKey,
      String label,
      @Nullable Instant before,
      @Nullable Instant after)
      implements KeyRingEvent {}

  /**
   * A key works no more until it is enabled again.
   *
   * @param reason {@code by-owner}, {@code leak-reported} by somebody who holds its secret, or
   *     {@code support-reset}
   * @param supporter who did it at the support: the {@code sub} of the token; absent for others
   */
  record KeyDisabled(
      String accountId,
      Instant occurredAt,
      String publicApiKey,
      String label,
      String reason,
      @Nullable String supporter)
      implements KeyRingEvent {}

  /** A disabled key works again. */
  record KeyEnabled(
      String accountId, Instant occurredAt, String challengeId, String publicApiKey, String label)
      implements KeyRingEvent {}

  /**
   * A new key took a key's label and rights; the old one works until the grace ends, and its {@link
   * KeyDeleted} follows then.
   *
   * @param publicApiKey the old key
   * @param newPublicApiKey the new key
   * @param verificationKey of the new key, as in {@link KeyCreated}
   * @param secretRootKeyId of the new key, as in {@link KeyCreated}
   * @param rights of the new key
   * @param expiresAt of the new key; absent means never
   * @param graceEndsAt the first instant at which the old key no longer works
   */
  record KeyRotated(
      String accountId,
      Instant occurredAt,
      String challengeId,
      String publicApiKey,
      String newPublicApiKey,
      String label,
      String algorithm,
      @Nullable String verificationKey,
      @Nullable String secretRootKeyId,
      Rights rights,
      @Nullable Instant expiresAt,
      Instant graceEndsAt)
      implements KeyRingEvent {}

  /**
   * A key will end soon.
   *
   * @param expiresAt the first instant at which it no longer works
   */
  record KeyExpiring(
      String accountId, Instant occurredAt, String publicApiKey, String label, Instant expiresAt)
      implements KeyRingEvent {}

  /**
   * A key reached its end. It has been refused since that instant; this only tells of it.
   *
   * @param expiresAt the first instant at which it no longer worked
   */
  record KeyExpired(
      String accountId, Instant occurredAt, String publicApiKey, String label, Instant expiresAt)
      implements KeyRingEvent {}

  /** A key that every address could use was cut back, since it was left open for too long. */
  record PermissionsLapsed(
      String accountId,
      Instant occurredAt,
      String publicApiKey,
      String label,
      Rights before,
      Rights after)
      implements KeyRingEvent {}

  /** One key is gone for good. */
  record KeyDeleted(
      String accountId, Instant occurredAt, String challengeId, String publicApiKey, String label)
      implements KeyRingEvent {}

  /**
   * Every key of the account is gone for good.
   *
   * @param publicApiKeys the keys that there were, oldest first; may be empty
   */
  record AllKeysDeleted(
      String accountId, Instant occurredAt, String challengeId, List<String> publicApiKeys)
      implements KeyRingEvent {}
}
