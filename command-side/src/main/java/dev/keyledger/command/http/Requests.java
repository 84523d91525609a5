package dev.keyledger.command.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.keyledger.command.keyring.Change;
import dev.keyledger.command.keyring.WantedRateLimit;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What callers send, one record per call. They hold the shape only: which fields there must be and
 * of which JSON type. The key ring checks the values.
 */
final class Requests {
  private Requests() {}

  /**
   * Proves that the authenticator holds the secret.
   *
   * @param totp the authenticator's 6 digits
   */
  record TotpRequest(String totp) {
    TotpRequest {
      requireNonNull(totp);
    }

    @Override
    public String toString() {
      return "TotpRequest[hidden]";
    }
  }

  /**
   * Asks for a key.
   *
   * @param permissions {@code read} alone if absent
   * @param trustedIps every address if absent or empty
   * @param algorithm {@code ed25519} if absent
   * @param verificationKey the caller's own raw Ed25519 public key in Base64
   * @param rateLimit no limit if absent
   * @param expiresAt ISO 8601 instant; never if absent
   */
  record CreateKeyRequest(
      String label,
      @Nullable List<String> permissions,
      @Nullable List<String> trustedIps,
      @Nullable String algorithm,
      @Nullable String verificationKey,
      @Nullable RateLimitRequest rateLimit,
      @Nullable String expiresAt) {
    CreateKeyRequest {
      requireNonNull(label);
    }
  }

  /**
   * How often a key may be used.
   *
   * @param perSecond requests per second in the long run, 1 to 10,000
   * @param burst requests that may come at once, 1 to 100,000; as many as per second if absent
   */
  record RateLimitRequest(long perSecond, @Nullable Long burst) {
    WantedRateLimit wanted() {
      return new WantedRateLimit(perSecond, burst);
    }
  }

  /**
   * Asks for other permissions and trusted addresses, and for what else is named.
   *
   * @param permissions {@code read} alone if absent
   * @param trustedIps every address if absent or empty
   * @param rateLimit stays as it is if absent; null for no limit
   * @param expiresAt ISO 8601 instant; stays as it is if absent; null for never
   */
  record EditPermissionsRequest(
      @Nullable List<String> permissions,
      @Nullable List<String> trustedIps,
      @Schema(
              implementation = RateLimitRequest.class,
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @JsonDeserialize(using = ChangeDeserializer.class)
          Change<RateLimitRequest> rateLimit,
      @Schema(
              types = {"string", "null"},
              implementation = String.class,
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @JsonDeserialize(using = ChangeDeserializer.class)
          Change<String> expiresAt) {}

  /**
   * Asks for a new key in the place of one.
   *
   * @param grace how long the old key goes on working: ISO 8601, PT0S to P7D; PT1H if absent
   * @param verificationKey the caller's own raw Ed25519 public key in Base64 for the new key
   */
  record RotationRequest(@Nullable String grace, @Nullable String verificationKey) {}

  /**
   * Switches off the second factor of an account that lost it.
   *
   * @param accountId the account
   * @param reason 3 to 500 characters for the record, without an e-mail address
   */
  record ResetRequest(String accountId, String reason) {
    ResetRequest {
      requireNonNull(accountId);
      requireNonNull(reason);
    }
  }

  /**
   * Erases what identifies a person.
   *
   * @param accountId the account, whatever characters are in it
   */
  record ErasureRequest(String accountId) {
    ErasureRequest {
      requireNonNull(accountId);
    }
  }

  /**
   * Proves to hold the secret of a key: by the secret, or by a request that was signed with it.
   *
   * @param secret {@code kl_sec_…} or a private key in PKCS#8 PEM
   * @param proof what was signed instead
   */
  record RevocationRequest(@Nullable String secret, @Nullable ProofRequest proof) {
    @Override
    public String toString() {
      return "RevocationRequest[hidden]";
    }
  }

  /**
   * A request to revoke that was signed (RFC 9421) and not sent.
   *
   * @param method {@code POST}
   * @param targetUri absolute, its path ending in {@code /v1/revocations}
   * @param headers name → value or values; {@code Signature-Input} and {@code Signature} at least
   */
  record ProofRequest(
      String method,
      String targetUri,
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          Map<String, List<String>> headers) {
    ProofRequest {
      requireNonNull(method);
      requireNonNull(targetUri);
      requireNonNull(headers);
    }
  }

  /**
   * Enters the codes of a challenge.
   *
   * @param emailCode the digits from the mail
   * @param totp the authenticator's 6 digits, where the challenge takes them
   */
  record CodesRequest(String emailCode, @Nullable String totp) {
    CodesRequest {
      requireNonNull(emailCode);
    }

    @Override
    public String toString() {
      return "CodesRequest[hidden]";
    }
  }
}
