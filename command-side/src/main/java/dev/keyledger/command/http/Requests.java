package dev.keyledger.command.http;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
   * @param expiresAt ISO 8601 instant; never if absent
   */
  record CreateKeyRequest(
      String label,
      @Nullable List<String> permissions,
      @Nullable List<String> trustedIps,
      @Nullable String algorithm,
      @Nullable String verificationKey,
      @Nullable String expiresAt) {
    CreateKeyRequest {
      requireNonNull(label);
    }
  }

  /**
   * Asks for other permissions and trusted addresses.
   *
   * @param permissions {@code read} alone if absent
   * @param trustedIps every address if absent or empty
   */
  record EditPermissionsRequest(
      @Nullable List<String> permissions, @Nullable List<String> trustedIps) {}

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
