package dev.keyledger.query.http.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keyledger.query.audit.History.Past;
import dev.keyledger.replay.Approval;
import dev.keyledger.replay.KeyRing;
import dev.keyledger.replay.OpenChallenge;
import dev.keyledger.replay.TwoFactor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key ring as it was ({@code docs/audit.md}).
 *
 * @param asOf the instant at which it was so
 * @param position of the last event that counts, 0 if there was none
 * @param logIndex of that event, -1 if there was none
 * @param keys those that were not deleted, oldest first; only the one that was asked for, if one
 *     was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder(alphabetic = false)
record StateAnswer(
    String accountId,
    Instant asOf,
    long position,
    long logIndex,
    TwoFactor twoFactor,
    @Nullable OpenChallenge challenge,
    @Nullable Approval lastApproval,
    int rejectionsInARow,
    @Nullable Instant lockedUntil,
    List<PastKeyAnswer> keys) {

  static StateAnswer of(Past past, @Nullable String publicApiKey) {
    KeyRing ring = past.ring();
    return new StateAnswer(
        ring.accountId(),
        past.asOf(),
        ring.position(),
        ring.logIndex(),
        ring.twoFactor(),
        ring.challenge(),
        ring.lastApproval(),
        ring.rejectionsInARow(),
        ring.lockedUntil(),
        ring.keys().stream()
            .filter(key -> publicApiKey == null || key.publicApiKey().equals(publicApiKey))
            .map(key -> PastKeyAnswer.of(key, past.asOf()))
            .toList());
  }
}
