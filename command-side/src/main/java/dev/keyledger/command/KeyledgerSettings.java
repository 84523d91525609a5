package dev.keyledger.command;

import dev.keyledger.command.keyring.Rules;
import dev.keyledger.command.keyring.Rules.TwoFactorPolicy;
import dev.keyledger.crypto.RootKeySettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a deployment may set, under {@code keyledger}.
 *
 * @param nodeId names this node, so that a restarted one goes on at once with what it had claimed
 * @param serviceName what mails and authenticator apps call the service
 */
@ConfigurationProperties("keyledger")
public record KeyledgerSettings(
    @DefaultValue("command-1") String nodeId,
    @DefaultValue("Keyledger") String serviceName,
    @DefaultValue RootKeySettings rootKeys,
    @DefaultValue TwoFactor twoFactor,
    @DefaultValue Keys keys,
    @DefaultValue Codes codes,
    @DefaultValue Store store,
    @DefaultValue LogSettings log,
    @DefaultValue Relay relay,
    @DefaultValue Mail mail) {

  /**
   * The second factor.
   *
   * @param policy {@code required} or {@code if-enrolled}
   */
  public record TwoFactor(@DefaultValue("required") TwoFactorPolicy policy) {}

  /**
   * Rules for keys.
   *
   * @param maxPerAccount live keys that one account may have, at most {@value #MOST_PER_ACCOUNT}
   * @param withdrawRequiresTrustedIps refuse {@code withdraw} on keys that every address may use
   * @param openIpLapse how long a key may trade or withdraw from every address; absent for ever
   */
  public record Keys(
      @DefaultValue("30") int maxPerAccount,
      @DefaultValue("false") boolean withdrawRequiresTrustedIps,
      @Nullable Duration openIpLapse) {
    /** As many again may be about to be replaced: some 57,000 bytes of the 65,535 of an entry. */
    public static final int MOST_PER_ACCOUNT = 750;

    public Keys {
      require(
          maxPerAccount >= 1 && maxPerAccount <= MOST_PER_ACCOUNT,
          "keyledger.keys.max-per-account must be 1 to 750: the event that deletes all of an"
              + " account's keys has to fit into an entry of the log");
      require(
          openIpLapse == null || openIpLapse.isPositive(),
          "keyledger.keys.open-ip-lapse must be positive");
    }
  }

  /**
   * The e-mailed codes.
   *
   * @param length digits of an e-mailed code, 6 to 8
   * @param lifetime how long a code works
   * @param resendCooldown least time between two codes to one account
   * @param maxAttempts wrong attempts that wear a challenge out
   * @param lockAfter wrong attempts in a row that lock the account
   * @param lockFor how long a lock lasts
   */
  public record Codes(
      @DefaultValue("8") int length,
      @DefaultValue("10m") Duration lifetime,
      @DefaultValue("60s") Duration resendCooldown,
      @DefaultValue("5") int maxAttempts,
      @DefaultValue("10") int lockAfter,
      @DefaultValue("15m") Duration lockFor) {
    public Codes {
      require(length >= 6 && length <= 8, "keyledger.codes.length must be 6, 7 or 8");
      require(lifetime.isPositive(), "keyledger.codes.lifetime must be positive");
      require(!resendCooldown.isNegative(), "keyledger.codes.resend-cooldown must not be negative");
      require(maxAttempts >= 1, "keyledger.codes.max-attempts must be at least 1");
      require(lockAfter >= 1, "keyledger.codes.lock-after must be at least 1");
      require(lockFor.isPositive(), "keyledger.codes.lock-for must be positive");
    }
  }

  /**
   * The event store.
   *
   * @param cachedRings key rings that are kept in memory
   * @param snapshotEvery events between two snapshots of a key ring
   */
  public record Store(
      @DefaultValue("10000") int cachedRings, @DefaultValue("50") int snapshotEvery) {
    public Store {
      require(cachedRings >= 0, "keyledger.store.cached-rings must not be negative");
      require(snapshotEvery >= 2, "keyledger.store.snapshot-every must be at least 2");
    }
  }

  /**
   * The way to Kafka.
   *
   * @param batchSize most events that get their places in the log in one transaction
   * @param partitions partitions of the topic, used when it is created
   * @param replicationFactor copies of the topic, used when it is created
   * @param deliveryTimeout how long Kafka may take to acknowledge an event
   */
  public record Relay(
      @DefaultValue("512") int batchSize,
      @DefaultValue("12") int partitions,
      @DefaultValue("1") short replicationFactor,
      @DefaultValue("8s") Duration deliveryTimeout) {
    public Relay {
      require(batchSize >= 1, "keyledger.relay.batch-size must be at least 1");
      require(partitions >= 1, "keyledger.relay.partitions must be at least 1");
      require(replicationFactor >= 1, "keyledger.relay.replication-factor must be at least 1");
      require(
          deliveryTimeout.compareTo(Duration.ofSeconds(2)) >= 0,
          "keyledger.relay.delivery-timeout must be at least 2s");
    }
  }

  /**
   * The mails.
   *
   * @param from sender's address
   * @param senders mails that one node sends at the same time
   * @param retryAfter time until the second attempt; doubled for each further one
   * @param retryAtMost longest time between two attempts
   * @param keepTryingNoticesFor age at which a notice is given up; codes are given up when they
   *     expire
   */
  public record Mail(
      @DefaultValue("no-reply@keyledger.invalid") String from,
      @DefaultValue("4") int senders,
      @DefaultValue("1s") Duration retryAfter,
      @DefaultValue("1m") Duration retryAtMost,
      @DefaultValue("3d") Duration keepTryingNoticesFor) {
    public Mail {
      require(senders >= 1, "keyledger.mail.senders must be at least 1");
      require(retryAfter.isPositive(), "keyledger.mail.retry-after must be positive");
    }
  }

  /** The rules of the key ring out of these settings. */
  public Rules rules() {
    return new Rules(
        twoFactor.policy(),
        keys.withdrawRequiresTrustedIps(),
        keys.maxPerAccount(),
        keys.openIpLapse(),
        codes.lifetime(),
        codes.resendCooldown(),
        codes.maxAttempts(),
        codes.lockAfter(),
        codes.lockFor());
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new InvalidSettingException(message);
    }
  }
}
