package dev.keyledger.command.http;

import static java.util.Objects.requireNonNull;

import dev.keyledger.command.keyring.ApiKey;
import dev.keyledger.command.keyring.ApiKey.Retirement;
import dev.keyledger.command.keyring.Challenge;
import dev.keyledger.command.keyring.Outcome.KeyMade;
import dev.keyledger.command.keyring.Outcome.KeyReplaced;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.events.Operation;
import dev.keyledger.events.RateLimit;
import dev.keyledger.http.security.Account;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers are shown. */
final class Views {
  private Views() {}

  /**
   * A TOTP secret for the authenticator, shown once.
   *
   * @param secret 160 bits in Base32
   * @param otpauthUri the same for a QR code
   */
  record EnrolmentView(String secret, String otpauthUri) {
    static EnrolmentView of(SecretText secret, String serviceName, Account caller) {
      String account = caller.email() != null ? caller.email() : caller.accountId();
      return new EnrolmentView(
          secret.reveal(), OtpauthUri.of(serviceName, account, secret.reveal()));
    }

    @Override
    public String toString() {
      return "EnrolmentView[hidden]";
    }
  }

  /**
   * An operation that waits for its codes.
   *
   * @param operation what will be done
   * @param factors the codes that it takes: {@code email}, or {@code email} and {@code totp}
   * @param sentTo the address that the code went to, masked
   * @param expiresAt the first instant at which the code no longer works
   * @param resendAfter the first instant at which another code may be asked for
   */
  record ChallengeView(
      String challengeId,
      Operation operation,
      List<String> factors,
      String sentTo,
      Instant expiresAt,
      Instant resendAfter,
      int attemptsLeft) {
    static ChallengeView of(Challenge challenge, Account caller) {
      return new ChallengeView(
          challenge.challengeId(),
          challenge.operation(),
          challenge.factors(),
          MaskedAddress.of(requireNonNull(caller.email())),
          challenge.expiresAt(),
          challenge.resendAfter(),
          challenge.attemptsLeft());
    }
  }

  /**
   * A key as lists show it.
   *
   * @param verificationKey raw Ed25519 public key in Base64; absent for {@code hmac-sha256}
   * @param ipAccess {@code unrestricted} or {@code trusted}
   * @param warnings {@code unrestricted-ip} where every IP may use it
   * @param rateLimit absent for no limit
   * @param state {@code active}, {@code retiring} after it was replaced, {@code disabled} or {@code
   *     expired}
   * @param expiresAt the first instant at which it no longer works; absent for never
   * @param retiresAt the first instant at which a key that was replaced no longer works
   */
  record KeyView(
      String publicApiKey,
      String label,
      String algorithm,
      @Nullable String verificationKey,
      List<String> permissions,
      String ipAccess,
      List<String> trustedIps,
      List<String> warnings,
      @Nullable RateLimit rateLimit,
      String state,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant expiresAt,
      @Nullable Instant retiresAt) {
    static KeyView of(ApiKey key, Instant now) {
      boolean everyIp = key.rights().openToAll();
      Retirement retirement = key.retirement();
      return new KeyView(
          key.publicApiKey(),
          key.label(),
          key.algorithm(),
          key.verificationKey(),
          key.rights().permissions(),
          everyIp ? "unrestricted" : "trusted",
          key.rights().trustedIps(),
          everyIp ? List.of("unrestricted-ip") : List.of(),
          key.rights().rateLimit(),
          key.state(now).publicName(),
          key.createdAt(),
          key.updatedAt(),
          key.expiresAt(),
          retirement == null ? null : retirement.at());
    }
  }

  /**
   * A secret, shown in this one answer and never again.
   *
   * @param value a PKCS#8 PEM private key for {@code ed25519}, {@code kl_sec_…} for {@code
   *     hmac-sha256}
   */
  record SecretView(String algorithm, String value) {
    @Override
    public String toString() {
      return "SecretView[hidden]";
    }
  }

  /**
   * A key that was made.
   *
   * @param secret absent if the caller brought its own key
   */
  record MadeView(KeyView key, @Nullable SecretView secret) {
    static MadeView of(KeyMade made, Instant now) {
      return new MadeView(KeyView.of(made.key(), now), secretOf(made.key(), made.secret()));
    }
  }

  /**
   * A key that took another one's place.
   *
   * @param secret absent if the caller brought its own key
   * @param retiring the key that was replaced
   */
  record ReplacedView(KeyView key, @Nullable SecretView secret, RetiringView retiring) {
    static ReplacedView of(KeyReplaced replaced, Instant now) {
      return new ReplacedView(
          KeyView.of(replaced.key(), now),
          secretOf(replaced.key(), replaced.secret()),
          new RetiringView(replaced.oldPublicApiKey(), replaced.graceEndsAt()));
    }
  }

  /**
   * A key that was replaced.
   *
   * @param retiresAt the first instant at which it no longer works
   */
  record RetiringView(String publicApiKey, Instant retiresAt) {}

  /** A key that was changed. */
  record EditedView(KeyView key) {
    static EditedView of(ApiKey key, Instant now) {
      return new EditedView(KeyView.of(key, now));
    }
  }

  /** Keys that are gone, by their public API keys, oldest first. */
  record DeletedView(List<String> deleted) {}

  /** A key that whoever proved to hold its secret disabled. */
  record RevokedView(String publicApiKey, String state) {}

  /**
   * An account whose second factor is off.
   *
   * @param disabled the keys that were disabled with it, oldest first
   */
  record ResetView(String accountId, List<String> disabled) {}

  private static @Nullable SecretView secretOf(ApiKey key, @Nullable SecretText secret) {
    return secret == null ? null : new SecretView(key.algorithm(), secret.reveal());
  }
}
