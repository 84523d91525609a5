package dev.keyledger.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keyledger.query.views.KeyView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One key as callers see it (contract section 5). */
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
    @Schema(allowableValues = {"active", "expired"}) String state,
    @Schema(format = "date-time") String createdAt,
    @Schema(format = "date-time") String updatedAt,
    @Nullable Instant expiresAt) {

  private static final List<String> UNRESTRICTED_IP = List.of("unrestricted-ip");

  static KeyAnswer of(KeyView key, Instant now) {
    boolean unrestricted = key.unrestricted();
    return new KeyAnswer(
        key.publicApiKey(),
        key.label(),
        key.algorithm(),
        key.verificationKey(),
        key.permissions(),
        unrestricted ? "unrestricted" : "trusted",
        key.trustedIps(),
        unrestricted ? UNRESTRICTED_IP : List.of(),
        key.expired(now) ? "expired" : "active",
        key.createdAt(),
        key.updatedAt(),
        key.expiresAt());
  }
}
