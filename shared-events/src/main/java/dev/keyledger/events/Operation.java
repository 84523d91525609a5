package dev.keyledger.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a challenge will do once its codes are right. In JSON, {@code type} tells which one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Operation.CreateKey.class, name = Operation.CREATE_KEY),
  @JsonSubTypes.Type(value = Operation.EditPermissions.class, name = Operation.EDIT_PERMISSIONS),
  @JsonSubTypes.Type(value = Operation.DeleteKey.class, name = Operation.DELETE_KEY),
  @JsonSubTypes.Type(value = Operation.DeleteAll.class, name = Operation.DELETE_ALL),
  @JsonSubTypes.Type(value = Operation.DisableTwoFactor.class, name = Operation.DISABLE_TWO_FACTOR)
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Operation {
  String CREATE_KEY = "create-key";
  String EDIT_PERMISSIONS = "edit-permissions";
  String DELETE_KEY = "delete-key";
  String DELETE_ALL = "delete-all";
  String DISABLE_TWO_FACTOR = "disable-two-factor";

  /**
   * Make a key.
   *
   * @param verificationKey the caller's own raw Ed25519 public key in Base64; absent if Keyledger
   *     makes the pair
   */
  record CreateKey(
      String label,
      List<String> permissions,
      List<String> trustedIps,
      String algorithm,
      @Nullable String verificationKey,
      @Nullable Instant expiresAt)
      implements Operation {}

  /** Replace what a key may do and from where. */
  record EditPermissions(
      String publicApiKey, String label, List<String> permissions, List<String> trustedIps)
      implements Operation {}

  /** Delete one key. */
  record DeleteKey(String publicApiKey, String label) implements Operation {}

  /** Delete every key that there is when the codes are entered. */
  record DeleteAll() implements Operation {}

  /** Switch the second factor off. */
  record DisableTwoFactor() implements Operation {}
}
