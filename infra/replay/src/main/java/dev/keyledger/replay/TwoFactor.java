package dev.keyledger.replay;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The second factor of an account.
 *
 * @param enrolmentId what the secret is derived from; absent without a second factor
 * @param rootKeyId names the root key of the secret; absent without a second factor
 * @param since what made it so; absent if nothing ever did
 */
public record TwoFactor(
    State state, @Nullable String enrolmentId, @Nullable String rootKeyId, @Nullable Cause since) {

  public TwoFactor {
    rootKeyId = Recurring.COMMON.textIfAny(rootKeyId);
  }

  static final TwoFactor NEVER = new TwoFactor(State.DISABLED, null, null, null);

  /** How far an account is with it. */
  public enum State {
    DISABLED,
    PENDING,
    ENABLED;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The word in answers. */
    @JsonValue
    public String text() {
      return text;
    }
  }
}
