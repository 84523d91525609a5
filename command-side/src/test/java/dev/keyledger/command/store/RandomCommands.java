package dev.keyledger.command.store;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import dev.keyledger.command.keyring.Change;
import dev.keyledger.command.keyring.KeyRingCommand;
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
import dev.keyledger.command.keyring.Tools.Codes;
import dev.keyledger.command.keyring.WantedRateLimit;
import dev.keyledger.crypto.SecretText;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.jspecify.annotations.Nullable;

/** What a user, a forgetful one or a thief might do next, right and wrong codes included. */
final class RandomCommands {
  private static final List<String> LABELS = List.of("Bot A1", "Bot B2", "Bot C3", "Bot D4", "bad");
  private static final HmacOneTimePasswordGenerator TOTP = new HmacOneTimePasswordGenerator(6);
  private static final SecretText WRONG = SecretText.of("nonsense");

  private final String account;
  private final Random random;
  private final RingModel ring;
  private final Codes codes;

  RandomCommands(String account, Random random, RingModel ring, Codes codes) {
    this.account = account;
    this.random = random;
    this.ring = ring;
    this.codes = codes;
  }

  KeyRingCommand next(Instant now) {
    // A thief doesn't give up at once because the account is locked.
    if (ring.open != null && now.isBefore(ring.lockedUntil) && random.nextBoolean()) {
      return verify(now);
    }
    return switch (random.nextInt(30)) {
      case 0 -> new EnableTwoFactor(account);
      case 1, 2 -> new ConfirmTwoFactor(account, totp(now));
      case 3 -> new DisableTwoFactor(account);
      case 4, 5, 6, 7 -> createKey(now);
      case 8 ->
          new EditPermissions(
              account,
              someKey(),
              List.of(pick("trade", "withdraw")),
              List.of(),
              random.nextBoolean() ? Change.none() : Change.to(limit()),
              random.nextBoolean() ? Change.none() : Change.to(expiry(now)));
      case 9 -> new DeleteKey(account, someKey());
      case 10 -> random.nextInt(3) == 0 ? new DeleteAll(account) : createKey(now);
      case 11 -> new SendCode(account, someChallenge());
      case 12 -> new CancelChallenge(account, someChallenge());
      case 13 -> new DisableKey(account, someKey());
      case 14 -> random.nextInt(3) == 0 ? new DisableLeakedKey(account, someKey()) : rotate();
      case 15 -> new EnableKey(account, someKey());
      case 16 -> new WarnOfExpiry(account, someKey());
      case 17 -> new ExpireKey(account, someKey());
      case 18 -> new EndGrace(account, someKey());
      case 19 -> new LapseOpenKey(account, someKey());
      case 20 -> random.nextInt(4) == 0 ? support() : rotate();
      default -> verify(now);
    };
  }

  private KeyRingCommand support() {
    return random.nextBoolean()
        ? new ResetTwoFactor(account, "support-1", "Lost it")
        : new ErasePerson(account, "support-1");
  }

  private RotateKey rotate() {
    return new RotateKey(
        account, someKey(), List.of("PT0S", "PT10M", "PT1H", "P8D").get(random.nextInt(4)), null);
  }

  private @Nullable WantedRateLimit limit() {
    return random.nextInt(3) == 0 ? null : new WantedRateLimit(random.nextLong(4), null);
  }

  /** Soon, soon enough to be warned of, long ago, or never. */
  private @Nullable String expiry(Instant now) {
    return switch (random.nextInt(6)) {
      case 0 -> now.plusSeconds(30).toString();
      case 1 -> now.plusSeconds(1800).plusNanos(123_456_789).toString();
      case 2, 3 -> now.plusSeconds(7 * 86_400 + 900).toString();
      case 4 -> now.minusSeconds(1).toString();
      default -> null;
    };
  }

  /** Whether the codes are those that the open challenge waits for. */
  boolean isRight(VerifyCode command, Instant now) {
    if (!command.challengeId().equals(ring.open)
        || now.isBefore(ring.lockedUntil)
        || !now.isBefore(ring.expiresAt)
        || !emailCode(ring.issue).matches(command.emailCode())) {
      return false;
    }
    SecretText totp = command.totp();
    return !ring.needsTotp
        || (totp != null
            && List.of(-1, 0, 1).stream()
                .map(offset -> Math.floorDiv(now.getEpochSecond(), 30) + offset)
                .anyMatch(step -> !ring.isUsed(step) && totpAt(step).matches(totp)));
  }

  SecretText emailCode(int issue) {
    return ring.open == null
        ? WRONG
        : codes.emailCode(codes.currentRootKeyId(), ring.open, Math.max(1, issue));
  }

  private CreateKey createKey(Instant now) {
    return new CreateKey(
        account,
        LABELS.get(random.nextInt(LABELS.size())),
        List.of(pick("read", "trade")),
        random.nextBoolean() ? List.of("2001:DB8::/32", "10.0.0.1/32") : null,
        pick("ed25519", "hmac-sha256"),
        null,
        limit(),
        expiry(now));
  }

  private VerifyCode verify(Instant now) {
    boolean right = random.nextInt(3) > 0;
    SecretText code =
        right ? emailCode(ring.issue) : random.nextBoolean() ? WRONG : emailCode(ring.issue - 1);
    return new VerifyCode(
        account, someChallenge(), code, random.nextInt(12) == 0 ? null : totp(now));
  }

  private SecretText totp(Instant now) {
    long step = Math.floorDiv(now.getEpochSecond(), 30) + random.nextInt(-1, 2);
    return random.nextInt(6) == 0 ? WRONG : totpAt(step);
  }

  private SecretText totpAt(long step) {
    var enrolment = ring.enrolment;
    if (enrolment == null) {
      return WRONG;
    }
    byte[] key =
        Base32.decode(
            codes.totpSecret(enrolment.rootKeyId(), account, enrolment.enrolmentId()).reveal());
    try {
      return SecretText.of(
          TOTP.generateOneTimePasswordString(
              new SecretKeySpec(key, "HmacSHA1"), step, Locale.ROOT));
    } catch (InvalidKeyException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String someKey() {
    List<String> keys = List.copyOf(ring.keys.keySet());
    return keys.isEmpty() || random.nextInt(8) == 0
        ? "kl_pub_unknown"
        : keys.get(random.nextInt(keys.size()));
  }

  private String someChallenge() {
    @Nullable String open = ring.open;
    if (open != null && random.nextInt(10) > 0) {
      return open;
    }
    return ring.challenges.isEmpty() || random.nextInt(4) == 0
        ? "ch_unknown"
        : ring.challenges.get(random.nextInt(ring.challenges.size()));
  }

  private String pick(String one, String other) {
    return random.nextBoolean() ? one : other;
  }
}
