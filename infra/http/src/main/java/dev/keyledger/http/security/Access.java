package dev.keyledger.http.security;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import java.util.List;
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

  /** For paths that need one of some scopes, or none. */
  static ReactiveAuthorizationManager<AuthorizationContext> by(List<Scope> scopes) {
    return scopes.isEmpty() ? (caller, context) -> Mono.just(GRANTED) : with(scopes);
  }

  private static ReactiveAuthorizationManager<AuthorizationContext> with(List<Scope> scopes) {
    return (caller, context) ->
        caller
            .filter(Authentication::isAuthenticated)
            .<AuthorizationResult>map(authentication -> {
              Account.note(authentication, context.getExchange());
              if (scopes.stream().noneMatch(scope -> scope.isHeldBy(authentication))) {
                throw BearerChallenge.insufficientScope(scopes);
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
}
