package dev.keyledger.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keyledger.query.memory.Found;
import dev.keyledger.query.verification.Verdict.Refused;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on a signed request (verification.md).
 *
 * @param reason why it is refused; what follows is there where it isn't
 * @param position what the answer was given as of; absent where nobody proved to hold the key
 * @param retryAfterMs milliseconds until the key's rate limit lets another request pass
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder(alphabetic = false)
record VerificationAnswer(
    boolean valid,
    @Schema(
            allowableValues = {
              "malformed-signature",
              "component-missing",
              "unknown-key",
              "signature-mismatch",
              "algorithm-mismatch",
              "too-old",
              "from-the-future",
              "expired",
              "digest-mismatch",
              "key-disabled",
              "key-expired",
              "permission-missing",
              "ip-not-trusted",
              "rate-limited",
              "nonce-reused"
            })
        @Nullable String reason,
    @Nullable String accountId,
    @Nullable String publicApiKey,
    @Nullable String label,
    @Nullable List<String> permissions,
    @Nullable Long position,
    @Nullable Long retryAfterMs) {

  static VerificationAnswer valid(Found found) {
    return new VerificationAnswer(
        true,
        null,
        found.account().accountId(),
        found.key().id().text(),
        found.key().label(),
        found.key().rights().asGiven().permissions(),
        found.account().position(),
        null);
  }

  static VerificationAnswer refused(Refused refused) {
    return new VerificationAnswer(
        false,
        refused.reason().text(),
        null,
        null,
        null,
        null,
        refused.position().isPresent() ? refused.position().getAsLong() : null,
        retryAfterMs(refused));
  }

  /** Rounded up, so that it is not too early after that time; null where waiting is no use. */
  static @Nullable Long retryAfterMs(Refused refused) {
    Duration wait = refused.retryAfter();
    return wait.isZero() ? null : wait.plusNanos(999_999).toMillis();
  }
}
