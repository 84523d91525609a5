package dev.keyledger.command.keyring;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The second factor of an account.
 *
 * @param enrolmentId what the secret is derived from; empty if there is none
 * @param rootKeyId names the root key of the secret; empty if there is none
 * @param usedSteps TOTP time steps that were accepted, newest {@value #REMEMBERED} of them
 */
record TwoFactor(Status status, String enrolmentId, String rootKeyId, List<Long> usedSteps) {

  enum Status {
    DISABLED,
    PENDING,
    ENABLED
  }

  static final TwoFactor OFF = new TwoFactor(Status.DISABLED, "", "", List.of());

  /** More than fit into a window of three steps, also where clocks of nodes differ a little. */
  private static final int REMEMBERED = 16;

  /** Used steps stay used under the next secret too (contract, section 4). */
  TwoFactor pending(String newEnrolmentId, String newRootKeyId) {
    return new TwoFactor(Status.PENDING, newEnrolmentId, newRootKeyId, usedSteps);
  }

  TwoFactor disabled() {
    return new TwoFactor(Status.DISABLED, "", "", usedSteps);
  }

  TwoFactor enabled(long step) {
    return new TwoFactor(Status.ENABLED, enrolmentId, rootKeyId, usedSteps).used(step);
  }

  TwoFactor used(@Nullable Long step) {
    if (step == null) {
      return this;
    }
    List<Long> newest =
        Stream.concat(usedSteps.stream(), Stream.of(step))
            .sorted()
            .skip(Math.max(0, usedSteps.size() + 1 - REMEMBERED))
            .toList();
    return new TwoFactor(status, enrolmentId, rootKeyId, newest);
  }

  /**
   * Whether a step was accepted before. With the memory full, what is older than all of it counts
   * as used, so that forgetting never opens a door.
   */
  boolean isUsed(long step) {
    return usedSteps.contains(step)
        || (usedSteps.size() == REMEMBERED && step < usedSteps.getFirst());
  }

  boolean isEnabled() {
    return status == Status.ENABLED;
  }
}
