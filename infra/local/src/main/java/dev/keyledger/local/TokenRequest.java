package dev.keyledger.local;

import org.jspecify.annotations.Nullable;

/**
 * What a token is asked for with.
 *
 * @param sub the account id
 * @param email the verified address that codes go to; none: the token has no such claim
 * @param scope scopes separated by spaces; none: {@value #DEFAULT_SCOPE}
 */
public record TokenRequest(@Nullable String sub, @Nullable String email, @Nullable String scope) {
  static final String DEFAULT_SCOPE = "keys:manage";
  private static final int LONGEST = 255;

  /**
   * The same, checked and complete.
   *
   * @throws IllegalArgumentException with a sentence for the caller
   */
  Checked check() {
    if (sub == null || sub.isBlank() || sub.length() > LONGEST) {
      throw new IllegalArgumentException("sub must be 1 to 255 characters: the account id.");
    }
    if (email != null && (email.length() > LONGEST || !email.matches("[^@\\s]+@[^@\\s]+"))) {
      throw new IllegalArgumentException("email must be an address such as alice@example.com.");
    }
    String scopes = scope == null ? DEFAULT_SCOPE : scope.strip();
    if (scopes.length() > LONGEST || !scopes.matches("[!-~]*( [!-~]+)*")) {
      throw new IllegalArgumentException("scope must be scopes separated by single spaces.");
    }
    return new Checked(sub, email, scopes);
  }

  /** A request that a token can be made from. */
  record Checked(String sub, @Nullable String email, String scope) {}
}
