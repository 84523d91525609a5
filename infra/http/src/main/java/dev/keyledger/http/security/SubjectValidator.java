package dev.keyledger.http.security;

import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The account id must be there and fit for keys, headers and logs: 1 to 255 characters (OpenID
 * Connect Core 1.0 section 2), none of them a control character.
 */
final class SubjectValidator implements OAuth2TokenValidator<Jwt> {
  private static final OAuth2TokenValidatorResult REFUSED =
      OAuth2TokenValidatorResult.failure(
          new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "sub is absent or not usable", null));

  @Override
  public OAuth2TokenValidatorResult validate(Jwt token) {
    Object subject = token.getClaim("sub");
    return subject instanceof String id && Account.isUsableId(id)
        ? OAuth2TokenValidatorResult.success()
        : REFUSED;
  }
}
