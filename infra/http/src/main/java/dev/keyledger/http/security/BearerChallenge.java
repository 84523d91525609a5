package dev.keyledger.http.security;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import java.util.List;
import java.util.stream.Collectors;
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

  /** Names all scopes of which one would do, and asks for the first. */
  static ProblemException insufficientScope(List<Scope> needed) {
    String any = needed.stream().map(Scope::value).collect(Collectors.joining(" or "));
    return new ProblemException(
            ProblemType.INSUFFICIENT_SCOPE, "This call needs the scope " + any + ".")
        .withHeader(
            HttpHeaders.WWW_AUTHENTICATE,
            "Bearer error=\"insufficient_scope\", scope=\"" + needed.getFirst().value() + "\"");
  }
}
