package dev.keyledger.command.due;

import dev.keyledger.command.keyring.KeyRingCommand;
import java.time.Instant;

/**
 * A step in the life of a key that only time brings about.
 *
 * @param at when it is due; for {@link Kind#LAPSE} the instant that the wait begins at
 */
record DueStep(String accountId, String publicApiKey, Kind kind, Instant at) {

  /** Which step. */
  enum Kind {
    /** The account is told that the key will expire. */
    WARN,
    /** The account is told that the key has expired. */
    EXPIRE,
    /** A key that was replaced is deleted. */
    END_GRACE,
    /** A key that was open to every address for too long is cut back. */
    LAPSE
  }

  /** What to ask of the key ring, which knows whether it really is due. */
  KeyRingCommand command() {
    return switch (kind) {
      case WARN -> new KeyRingCommand.WarnOfExpiry(accountId, publicApiKey);
      case EXPIRE -> new KeyRingCommand.ExpireKey(accountId, publicApiKey);
      case END_GRACE -> new KeyRingCommand.EndGrace(accountId, publicApiKey);
      case LAPSE -> new KeyRingCommand.LapseOpenKey(accountId, publicApiKey);
    };
  }
}
