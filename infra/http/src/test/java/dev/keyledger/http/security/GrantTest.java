package dev.keyledger.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

class GrantTest {
  private static final Instant END = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void isWhatTheTokenSays() {
    Jwt token =
        Jwt.withTokenValue("token")
            .header("alg", "RS256")
            .subject("alice")
            .claim("scope", "audit:read keys:manage openid")
            .expiresAt(END)
            .build();

    Grant grant =
        Grant.of(
            Objects.requireNonNull(
                Objects.requireNonNull(AccountAuthentication.converter().convert(token)).block()));

    assertThat(grant.account().accountId()).isEqualTo("alice");
    assertThat(grant.scopes()).containsExactlyInAnyOrder(Scope.AUDIT_READ, Scope.KEYS_MANAGE);
    assertThat(grant.holds(Scope.AUDIT_READ)).isTrue();
    assertThat(grant.holds(Scope.KEYS_VERIFY)).isFalse();
    assertThat(grant.expiresAt()).isEqualTo(END);
  }
}
