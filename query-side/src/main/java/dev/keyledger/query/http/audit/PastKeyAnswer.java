package dev.keyledger.query.http.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keyledger.events.RateLimit;
import dev.keyledger.replay.Cause;
import dev.keyledger.replay.Key;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as it was.
 *
 * @param permissions that it had
 * @param couldDo those of them that worked: none while it was disabled or over
 * @param since the event that gave it what it could do, with the challenge and the factors that
 *     approved it
 * @param created the event that made it
 * @param disabled the event that disabled it, while it was
 * @param expirySince the event that set its end, if that was set later
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder(alphabetic = false)
record PastKeyAnswer(
    String publicApiKey,
    String label,
    String algorithm,
    @Nullable String verificationKey,
    @Schema(allowableValues = {"active", "disabled", "expired", "retiring", "retired"})
        String state,
    List<String> permissions,
    List<String> couldDo,
    List<String> trustedIps,
    @Nullable RateLimit rateLimit,
    Cause since,
    Cause created,
    @Nullable Cause disabled,
    @Nullable Instant expiresAt,
    @Nullable Cause expirySince,
    @Nullable Instant retiresAt,
    @Nullable String rotatedTo,
    @Nullable String rotatedFrom) {

  static PastKeyAnswer of(Key key, Instant asOf) {
    Key.Retirement retirement = key.retirement();
    return new PastKeyAnswer(
        key.publicApiKey(),
        key.label(),
        key.algorithm(),
        key.verificationKey(),
        key.state(asOf).text(),
        key.rights().permissions(),
        key.permissions(asOf),
        key.rights().trustedIps(),
        key.rights().rateLimit(),
        key.since(),
        key.created(),
        key.disabled(),
        key.expiresAt(),
        key.expirySince(),
        retirement == null ? null : retirement.at(),
        retirement == null ? null : retirement.rotatedTo(),
        key.rotatedFrom());
  }
}
