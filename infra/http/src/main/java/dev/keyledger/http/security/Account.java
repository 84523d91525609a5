package dev.keyledger.http.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * The caller, as the identity provider vouches for it; controllers take it with
 * {@code @AuthenticationPrincipal}.
 *
 * @param accountId the {@code sub} of the token
 * @param email the verified address that codes go to, if the token names one
 */
public record Account(String accountId, @Nullable String email) implements AuthenticatedPrincipal {

  @Override
  public String getName() {
    return accountId;
  }

  /** Without the address, which must not get into logs. */
  @Override
  public String toString() {
    return "Account[" + accountId + "]";
  }
}
