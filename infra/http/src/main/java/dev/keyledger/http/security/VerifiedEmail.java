package dev.keyledger.http.security;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The address that a token vouches for: the claim {@code email}, unless {@code email_verified} says
 * otherwise (OpenID Connect Core 1.0 section 5.1) or it can't be an address.
 */
final class VerifiedEmail {
  /** RFC 5321 section 4.5.3.1.3: a path holds at most 256 octets, brackets included. */
  private static final int MAX_LENGTH = 254;

  private static final Pattern SHAPE =
      Pattern.compile("[^@\\s\\p{Cntrl}<>\",;:]+@[^@\\s\\p{Cntrl}<>\",;:]+");

  private VerifiedEmail() {}

  static @Nullable String of(Jwt jwt) {
    Object email = jwt.getClaim("email");
    Object verified = jwt.getClaim("email_verified");
    // Some providers send the boolean as text; whatever is neither is no assurance.
    boolean vouched = verified == null || "true".equals(verified.toString());
    return vouched
            && email instanceof String address
            && address.length() <= MAX_LENGTH
            && SHAPE.matcher(address).matches()
        ? address
        : null;
  }
}
