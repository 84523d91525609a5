package dev.keyledger.http.security;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;

/**
 * What a token grants, for calls to which it matters beyond their path; controllers make it of the
 * {@link Authentication} that they take.
 *
 * @param account the caller
 * @param expiresAt the first instant at which the token is no longer good
 */
public record Grant(Account account, Set<Scope> scopes, Instant expiresAt) {
  public Grant {
    scopes = Set.copyOf(scopes);
  }

  /** What the caller's token grants. */
  public static Grant of(Authentication caller) {
    AccountAuthentication known = (AccountAuthentication) caller;
    return new Grant(
        known.getPrincipal(),
        Arrays.stream(Scope.values())
            .filter(scope -> scope.isHeldBy(known))
            .collect(Collectors.toSet()),
        known.expiresAt());
  }

  /** Whether it was issued with a scope. */
  public boolean holds(Scope scope) {
    return scopes.contains(scope);
  }
}
