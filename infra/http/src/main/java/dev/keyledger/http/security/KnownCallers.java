package dev.keyledger.http.security;

import java.util.Optional;

/** Callers whose token was found good a moment ago. Says nothing about all others. */
public final class KnownCallers {
  private final CachingJwtDecoder tokens;

  KnownCallers(CachingJwtDecoder tokens) {
    this.tokens = tokens;
  }

  /**
   * What a token grants that was checked within the last minute and is still good.
   *
   * @param authorization the value of the header {@code Authorization}
   * @return empty for a token that is not remembered or not in its usual form, and for none
   */
  public Optional<Grant> of(String authorization) {
    return BearerTokens.usual(authorization).flatMap(tokens::remembered);
  }
}
