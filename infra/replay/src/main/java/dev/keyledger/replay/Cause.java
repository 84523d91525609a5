package dev.keyledger.replay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The event that made something as it is, and who is behind it.
 *
 * @param type the {@code ce_type}
 * @param at when it was decided
 * @param challengeId the challenge that the event names; absent where it takes none
 * @param approval of that challenge; absent also where none came right before, which must not be
 * @param supporter who did it at the support; absent for others
 * @param reason that the event gives; absent where it gives none
 */
public record Cause(
    String type,
    long logIndex,
    long position,
    Instant at,
    @Nullable String challengeId,
    @Nullable Approval approval,
    @Nullable String supporter,
    @Nullable String reason) {

  /** Whichever came later; this one if there is no other. */
  Cause orLater(@Nullable Cause other) {
    return other != null && other.position > position ? other : this;
  }
}
