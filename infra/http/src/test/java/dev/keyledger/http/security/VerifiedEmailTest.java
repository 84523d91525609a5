package dev.keyledger.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;

class VerifiedEmailTest {
  private static final String ADDRESS = "alice@example.com";

  @Test
  void takesAnAddressThatNothingSpeaksAgainst() {
    assertThat(VerifiedEmail.of(token(Map.of()))).isEqualTo(ADDRESS);
    assertThat(VerifiedEmail.of(token(Map.of("email_verified", true)))).isEqualTo(ADDRESS);
    assertThat(VerifiedEmail.of(token(Map.of("email_verified", "true")))).isEqualTo(ADDRESS);
  }

  @Test
  void refusesAnAddressThatIsNotVerified() {
    assertThat(VerifiedEmail.of(token(Map.of("email_verified", false)))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "no", ""})
  void refusesAnAddressThatIsNotVerifiedInWords(String verified) {
    assertThat(VerifiedEmail.of(token(Map.of("email_verified", verified)))).isNull();
  }

  private static Jwt token(Map<String, Object> more) {
    Map<String, Object> claims = new HashMap<>(more);
    claims.put("email", ADDRESS);
    return Jwt.withTokenValue("t").header("alg", "RS256").claims(all -> all.putAll(claims)).build();
  }
}
