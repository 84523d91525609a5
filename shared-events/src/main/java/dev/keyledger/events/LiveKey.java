package dev.keyledger.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key that was not deleted: the value of a record on {@link Topics#KEYS}, as the
 * key's last event left it. Fields have the names and the rules of the list of keys; what only a
 * clock or the key's use can tell is not among them.
 *
 * @param accountId the account that the key belongs to
 * @param label what the account calls it
 * @param algorithm {@code ed25519} or {@code hmac-sha256}
 * @param verificationKey raw Ed25519 public key (RFC 8032 section 5.1.5), 32 bytes in Base64;
 *     absent for {@code hmac-sha256}
 * @param permissions some of {@code read}, {@code trade}, {@code withdraw}, in this order
 * @param ipAccess {@code unrestricted} or {@code trusted}
 * @param trustedIps canonical addresses and CIDR ranges; empty means every address
 * @param warnings {@code unrestricted-ip} where every address may use it
 * @param rateLimit absent means no limit
 * @param state {@code active}, {@code disabled}, {@code expired} or {@code retiring}
 * @param disabledReason as in {@link KeyRingEvent.KeyDisabled}; absent while it is not disabled
 * @param retiresAt the first instant at which a rotated key no longer works; absent for others
 * @param rotatedTo the key that took its place
 * @param rotatedFrom the key whose place it took
 * @param updatedAt when it was last changed
 * @param expiresAt the first instant at which the key no longer works; absent means never
 * @param position of the event that made it so, in its account
 * @param logIndex of the same event, in the log of all accounts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LiveKey(
    String publicApiKey,
    String accountId,
    String label,
    String algorithm,
    @Nullable String verificationKey,
    List<String> permissions,
    String ipAccess,
    List<String> trustedIps,
    List<String> warnings,
    @Nullable RateLimit rateLimit,
    String state,
    @Nullable String disabledReason,
    @Nullable Instant retiresAt,
    @Nullable String rotatedTo,
    @Nullable String rotatedFrom,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant expiresAt,
    long position,
    long logIndex) {

  /** The {@code ce_type} of its records, those without a value included. */
  public static final String TYPE = EventTypes.PREFIX + "LiveKey" + EventTypes.SUFFIX;

  public LiveKey {
    permissions = List.copyOf(permissions);
    trustedIps = List.copyOf(trustedIps);
    warnings = List.copyOf(warnings);
  }
}
