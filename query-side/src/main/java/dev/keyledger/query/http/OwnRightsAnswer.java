package dev.keyledger.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keyledger.events.RateLimit;
import dev.keyledger.events.Rights;
import dev.keyledger.query.memory.Found;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a key that asks for itself may do (verification.md).
 *
 * @param trustedIps from where; empty means from everywhere
 * @param expiresAt the first instant at which it no longer works
 * @param retiresAt the first instant at which it is gone, where another key took its place
 * @param position what the answer was given as of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder(alphabetic = false)
record OwnRightsAnswer(
    String accountId,
    String publicApiKey,
    String label,
    List<String> permissions,
    List<String> trustedIps,
    @Nullable RateLimit rateLimit,
    @Nullable Instant expiresAt,
    @Nullable Instant retiresAt,
    long position) {

  static OwnRightsAnswer of(Found found) {
    Rights rights = found.key().rights().asGiven();
    return new OwnRightsAnswer(
        found.account().accountId(),
        found.key().id().text(),
        found.key().label(),
        rights.permissions(),
        rights.trustedIps(),
        rights.rateLimit(),
        found.key().expiresAt(),
        found.key().retiresAt(),
        found.account().position());
  }
}
