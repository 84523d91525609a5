package dev.keyledger.http.security;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import reactor.core.publisher.Mono;

/** Decides on a call: a stranger is asked to authenticate, others are told what is missing. */
final class Access {
  private static final AuthorizationDecision GRANTED = new AuthorizationDecision(true);
  private static final AuthorizationDecision STRANGER = new AuthorizationDecision(false);

  private Access() {}

  /** For paths that need a scope, or none. */
  static ReactiveAuthorizationManager<AuthorizationContext> by(@Nullable Scope scope) {
    return scope == null ? (caller, context) -> Mono.just(GRANTED) : with(scope);
  }

  private static ReactiveAuthorizationManager<AuthorizationContext> with(Scope scope) {
    return (caller, context) ->
        caller
            .filter(Authentication::isAuthenticated)
            .<AuthorizationResult>map(authentication -> {
              Account.note(authentication, context.getExchange());
              if (!holds(authentication, scope)) {
                throw BearerChallenge.insufficientScope(scope);
              }
              return GRANTED;
            })
            .defaultIfEmpty(STRANGER);
  }

  /** For paths that no rule opens: there is nothing for those who are known. */
  static ReactiveAuthorizationManager<AuthorizationContext> nothingForCallers() {
    return (caller, context) ->
        caller
            .filter(Authentication::isAuthenticated)
            .<AuthorizationResult>flatMap(authentication -> {
              Account.note(authentication, context.getExchange());
              return Mono.error(new ProblemException(ProblemType.NOT_FOUND));
            })
            .defaultIfEmpty(STRANGER);
  }

  /** For everything outside the API: there is nothing for anybody. */
  static ReactiveAuthorizationManager<AuthorizationContext> nothing() {
    return (caller, context) -> Mono.error(new ProblemException(ProblemType.NOT_FOUND));
  }

  private static boolean holds(Authentication authentication, Scope scope) {
    return authentication.getAuthorities().stream()
        .anyMatch(authority -> scope.authority().equals(authority.getAuthority()));
  }
}
