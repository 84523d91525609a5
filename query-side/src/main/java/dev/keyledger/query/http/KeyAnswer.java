package dev.keyledger.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keyledger.events.RateLimit;
import dev.keyledger.query.verification.LastUse;
import dev.keyledger.query.views.KeyView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key as callers see it (contract section 5).
 *
 * @param lastUsedAt the minute in which it was last used
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder(alphabetic = false)
record KeyAnswer(
    String publicApiKey,
    String label,
    @Schema(allowableValues = {"ed25519", "hmac-sha256"}) String algorithm,
    @Nullable String verificationKey,
    List<String> permissions,
    @Schema(allowableValues = {"unrestricted", "trusted"}) String ipAccess,
    List<String> trustedIps,
    List<String> warnings,
    @Nullable RateLimit rateLimit,
    @Schema(allowableValues = {"active", "disabled", "expired", "retiring"}) String state,
    @Schema(allowableValues = {"by-owner", "leak-reported", "support-reset"})
        @Nullable String disabledReason,
    @Nullable Instant retiresAt,
    @Nullable String rotatedTo,
    @Nullable String rotatedFrom,
    @Schema(format = "date-time") String createdAt,
    @Schema(format = "date-time") String updatedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedIp) {

  private static final List<String> UNRESTRICTED_IP = List.of("unrestricted-ip");

  static KeyAnswer of(KeyView key, @Nullable LastUse use, Instant now) {
    boolean unrestricted = key.rights().openToAll();
    return new KeyAnswer(
        key.publicApiKey(),
        key.label(),
        key.algorithm(),
        key.verificationKey(),
        key.rights().permissions(),
        unrestricted ? "unrestricted" : "trusted",
        key.rights().trustedIps(),
        unrestricted ? UNRESTRICTED_IP : List.of(),
        key.rights().rateLimit(),
        key.state(now).text(),
        key.disabledReason(),
        key.retiresAt(),
        key.rotatedTo(),
        key.rotatedFrom(),
        key.createdAt(),
        key.updatedAt(),
        key.expiresAt(),
        use == null ? null : use.minute(),
        use == null ? null : use.ip());
  }
}
