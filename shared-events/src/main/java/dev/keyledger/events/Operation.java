package dev.keyledger.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a challenge will do once its codes are right. In JSON, {@code type} tells which one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Operation.CreateKey.class, name = Operation.CREATE_KEY),
  @JsonSubTypes.Type(value = Operation.EditPermissions.class, name = Operation.EDIT_PERMISSIONS),
  @JsonSubTypes.Type(value = Operation.EnableKey.class, name = Operation.ENABLE_KEY),
  @JsonSubTypes.Type(value = Operation.RotateKey.class, name = Operation.ROTATE_KEY),
  @JsonSubTypes.Type(value = Operation.DeleteKey.class, name = Operation.DELETE_KEY),
  @JsonSubTypes.Type(value = Operation.DeleteAll.class, name = Operation.DELETE_ALL),
  @JsonSubTypes.Type(value = Operation.DisableTwoFactor.class, name = Operation.DISABLE_TWO_FACTOR)
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Operation {
  String CREATE_KEY = "create-key";
  String EDIT_PERMISSIONS = "edit-permissions";
  String ENABLE_KEY = "enable-key";
  String ROTATE_KEY = "rotate-key";
  String DELETE_KEY = "delete-key";
  String DELETE_ALL = "delete-all";
  String DISABLE_TWO_FACTOR = "disable-two-factor";

  /**
   * Make a key.
   *
   * @param verificationKey the caller's own raw Ed25519 public key in Base64; absent if Keyledger
   *     makes the pair
   * @param rateLimit absent means no limit
   * @param expiresAt the first instant at which the key will no longer work; absent means never
   */
  record CreateKey(
      String label,
      List<String> permissions,
      List<String> trustedIps,
      String algorithm,
      @Nullable String verificationKey,
      @Nullable RateLimit rateLimit,
      @Nullable Instant expiresAt)
      implements Operation {}

  /**
   * Replace what a key may do, from where, how often and until when.
   *
   * @param rateLimit absent means no limit
   * @param expiresAt the first instant at which the key will no longer work; absent means never
   */
  record EditPermissions(
      String publicApiKey,
      String label,
      List<String> permissions,
      List<String> trustedIps,
      @Nullable RateLimit rateLimit,
      @Nullable Instant expiresAt)
      implements Operation {}

  /** Let a disabled key work again. */
  record EnableKey(String publicApiKey, String label) implements Operation {}

  /**
   * Put a new key with the same label and rights in a key's place.
   *
   * @param grace how long the old key goes on working, ISO 8601
   * @param verificationKey the caller's own raw Ed25519 public key in Base64 for the new key;
   *     absent if Keyledger makes the pair, and for {@code hmac-sha256}
   */
  record RotateKey(
      String publicApiKey, String label, Duration grace, @Nullable String verificationKey)
      implements Operation {}

  /** Delete one key. */
  record DeleteKey(String publicApiKey, String label) implements Operation {}

  /** Delete every key that there is when the codes are entered. */
  record DeleteAll() implements Operation {}

  /** Switch the second factor off. */
  record DisableTwoFactor() implements Operation {}
}
