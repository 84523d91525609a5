package dev.keyledger.command.keyring;

import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.events.RateLimit;
import dev.keyledger.events.Rights;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a key shall be allowed to do, from where and how often, as it was asked for. */
record WantedRights(
    @Nullable List<String> permissions,
    @Nullable List<String> trustedIps,
    Change<WantedRateLimit> rateLimit) {

  /** What came of checking them. */
  sealed interface Checked {
    /** They are fine; here they are in canonical form. */
    record Fine(Rights rights) implements Checked {}

    /** The first rule that they break. */
    record Wrong(Rule rule) implements Checked {}
  }

  /**
   * Checks them against the rules.
   *
   * @param present the limit that the key has now; null for none
   */
  Checked check(@Nullable RateLimit present, Rules rules) {
    Optional<List<String>> allowed = Permissions.parse(permissions);
    if (allowed.isEmpty()) {
      return new Checked.Wrong(Rule.INVALID_PERMISSIONS);
    }
    Optional<List<String>> from = TrustedIps.parse(trustedIps);
    if (from.isEmpty()) {
      return new Checked.Wrong(Rule.INVALID_IP);
    }
    RateLimit limit = present;
    if (rateLimit instanceof Change.To<WantedRateLimit>(WantedRateLimit wanted)) {
      limit = wanted == null ? null : wanted.parse().orElse(null);
      if (wanted != null && limit == null) {
        return new Checked.Wrong(Rule.INVALID_RATE_LIMIT);
      }
    }
    Rights rights = new Rights(allowed.get(), from.get(), limit);
    return isTooOpen(rights, rules)
        ? new Checked.Wrong(Rule.TRUSTED_IPS_REQUIRED)
        : new Checked.Fine(rights);
  }

  private static boolean isTooOpen(Rights rights, Rules rules) {
    return rules.withdrawRequiresTrustedIps()
        && rights.permissions().contains(Permissions.WITHDRAW)
        && rights.openToAll();
  }
}
