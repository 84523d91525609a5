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
  private static final int MAX_LENGTH = 255;
  private static final OAuth2TokenValidatorResult REFUSED =
      OAuth2TokenValidatorResult.failure(
          new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "sub is absent or not usable", null));

  @Override
  public OAuth2TokenValidatorResult validate(Jwt token) {
    Object subject = token.getClaim("sub");
    return subject instanceof String id && isUsable(id)
        ? OAuth2TokenValidatorResult.success()
        : REFUSED;
  }

  private static boolean isUsable(String id) {
    return !id.isBlank()
        && id.length() <= MAX_LENGTH
        && id.chars().noneMatch(Character::isISOControl);
  }
}
