package dev.keyledger.command.keyring;

import dev.keyledger.command.keyring.Rules.TwoFactorPolicy;
import java.time.Duration;

/** The rules with the contract's defaults, and with one of them changed. */
final class TestRules {
  static final Duration LIFETIME = Duration.ofMinutes(10);
  static final Duration COOLDOWN = Duration.ofSeconds(60);
  static final Duration LOCK = Duration.ofMinutes(15);
  static final Rules DEFAULTS = rules(TwoFactorPolicy.REQUIRED, false, 30);
  static final Rules IF_ENROLLED = rules(TwoFactorPolicy.IF_ENROLLED, false, 30);
  static final Rules WITHDRAW_NEEDS_IPS = rules(TwoFactorPolicy.REQUIRED, true, 30);

  private TestRules() {}

  static Rules atMostKeys(int most) {
    return rules(TwoFactorPolicy.REQUIRED, true, most);
  }

  private static Rules rules(TwoFactorPolicy policy, boolean withdrawRequiresIps, int maxKeys) {
    return new Rules(policy, withdrawRequiresIps, maxKeys, LIFETIME, COOLDOWN, 5, 10, LOCK);
  }
}
