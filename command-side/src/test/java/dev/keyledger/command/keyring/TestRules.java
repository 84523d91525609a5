package dev.keyledger.command.keyring;

import dev.keyledger.command.keyring.Rules.TwoFactorPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The rules with the contract's defaults, and with one of them changed. */
final class TestRules {
  static final Duration LIFETIME = Duration.ofMinutes(10);
  static final Duration COOLDOWN = Duration.ofSeconds(60);
  static final Duration LOCK = Duration.ofMinutes(15);
  static final Duration LAPSE = Duration.ofDays(30);
  static final Rules DEFAULTS = rules(TwoFactorPolicy.REQUIRED, false, 30, null);
  static final Rules IF_ENROLLED = rules(TwoFactorPolicy.IF_ENROLLED, false, 30, null);
  static final Rules WITHDRAW_NEEDS_IPS = rules(TwoFactorPolicy.REQUIRED, true, 30, null);
  static final Rules OPEN_KEYS_LAPSE = rules(TwoFactorPolicy.REQUIRED, false, 30, LAPSE);

  private TestRules() {}

  static Rules atMostKeys(int most) {
    return rules(TwoFactorPolicy.REQUIRED, true, most, null);
  }

  private static Rules rules(
      TwoFactorPolicy policy,
      boolean withdrawRequiresIps,
      int maxKeys,
      @Nullable Duration openIpLapse) {
    return new Rules(
        policy, withdrawRequiresIps, maxKeys, openIpLapse, LIFETIME, COOLDOWN, 5, 10, LOCK);
  }
}
