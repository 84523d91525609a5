package dev.keyledger.http.security;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

/** What a caller is told who may not: RFC 6750 section 3, without saying why a token is bad. */
final class BearerChallenge {
  private BearerChallenge() {}

  static ProblemException unauthenticated(AuthenticationException reason) {
    boolean badToken = reason instanceof OAuth2AuthenticationException;
    return new ProblemException(ProblemType.UNAUTHENTICATED)
        .withHeader(
            HttpHeaders.WWW_AUTHENTICATE, badToken ? "Bearer error=\"invalid_token\"" : "Bearer");
  }

  static ProblemException insufficientScope(Scope needed) {
    return new ProblemException(
            ProblemType.INSUFFICIENT_SCOPE, "This call needs the scope " + needed.value() + ".")
        .withHeader(
            HttpHeaders.WWW_AUTHENTICATE,
            "Bearer error=\"insufficient_scope\", scope=\"" + needed.value() + "\"");
  }
}
