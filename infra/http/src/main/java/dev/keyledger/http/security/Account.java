package dev.keyledger.http.security;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;

/**
 * The caller, as the identity provider vouches for it; controllers take it with
 * {@code @AuthenticationPrincipal}.
 *
 * @param accountId the {@code sub} of the token
 * @param email the verified address that codes go to, if the token names one
 */
public record Account(String accountId, @Nullable String email) implements AuthenticatedPrincipal {

  private static final String ATTRIBUTE = Account.class.getName();
  private static final int MAX_ID_LENGTH = 255;

  /**
   * Whether an account id is fit for keys, headers and logs: 1 to 255 characters (OpenID Connect
   * Core 1.0 section 2), none of them a control character.
   */
  public static boolean isUsableId(String id) {
    return !id.isBlank()
        && id.length() <= MAX_ID_LENGTH
        && id.chars().noneMatch(Character::isISOControl);
  }

  /**
   * Who made a call, for what is around authentication and so is not told; empty for strangers, and
   * as long as nobody asked who it is.
   */
  public static Optional<Account> of(ServerWebExchange exchange) {
    return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
  }

  static void note(Authentication caller, ServerWebExchange exchange) {
    if (caller.getPrincipal() instanceof Account account) {
      exchange.getAttributes().put(ATTRIBUTE, account);
    }
  }

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
