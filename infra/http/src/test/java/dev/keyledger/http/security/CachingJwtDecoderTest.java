package dev.keyledger.http.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

class CachingJwtDecoderTest {
  private final ManualClock clock = new ManualClock();
  private final AtomicInteger checks = new AtomicInteger();
  private Duration lifetime = Duration.ofMinutes(10);
  private final CachingJwtDecoder decoder =
      new CachingJwtDecoder(
          token ->
              Mono.fromSupplier(() -> {
                checks.incrementAndGet();
                if (token.equals("bad")) {
                  throw new BadJwtException("bad");
                }
                return Jwt.withTokenValue(token)
                    .header("alg", "RS256")
                    .subject(token)
                    .expiresAt(clock.instant().plus(lifetime))
                    .build();
              }),
          clock);

  private @Nullable String subjectOf(String token) {
    return decoder.decode(token).map(jwt -> jwt.getClaimAsString("sub")).block();
  }

  @Test
  void checksAGoodTokenOnce() {
    subjectOf("alice");
    clock.advance(Duration.ofSeconds(59));
    assertThat(subjectOf("alice")).isEqualTo("alice");
    assertThat(checks).hasValue(1);
  }

  @Test
  void tellsTokensApart() {
    assertThat(subjectOf("alice")).isEqualTo("alice");
    assertThat(subjectOf("bob")).isEqualTo("bob");
    assertThat(checks).hasValue(2);
  }

  @Test
  void checksAgainAfterAMinute() {
    subjectOf("alice");
    clock.advance(CachingJwtDecoder.MAX_AGE);
    subjectOf("alice");
    assertThat(checks).hasValue(2);
  }

  @Test
  void neverOutlivesTheToken() {
    lifetime = Duration.ofSeconds(5);
    subjectOf("alice");
    clock.advance(Duration.ofSeconds(4));
    subjectOf("alice");
    assertThat(checks).hasValue(1);
    clock.advance(Duration.ofSeconds(1));
    subjectOf("alice");
    assertThat(checks).hasValue(2);
  }

  @Test
  void doesNotKeepATokenThatOnlyTheClockSkewAllows() {
    lifetime = Duration.ofSeconds(-5);
    subjectOf("alice");
    subjectOf("alice");
    assertThat(checks).hasValue(2);
  }

  @Test
  void neverRemembersARefusal() {
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(BadJwtException.class)
          .isThrownBy(() -> decoder.decode("bad").block());
    }
    assertThat(checks).hasValue(2);
  }

  @Test
  void tellsWhatATokenGrantsThatWasGoodAMomentAgo() {
    assertThat(decoder.remembered("alice")).isEmpty();
    subjectOf("alice");
    assertThat(decoder.remembered("alice"))
        .hasValueSatisfying(grant -> assertThat(grant.account().accountId()).isEqualTo("alice"));
    assertThat(decoder.remembered("bob")).isEmpty();

    clock.advance(CachingJwtDecoder.MAX_AGE);
    assertThat(decoder.remembered("alice")).isEmpty();
  }

  @Test
  void tellsNothingOfATokenThatEnded() {
    lifetime = Duration.ofSeconds(10);
    subjectOf("alice");
    clock.advance(Duration.ofSeconds(9));
    assertThat(decoder.remembered("alice")).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(decoder.remembered("alice")).isEmpty();
  }

  @Test
  void tellsNothingOfABadToken() {
    assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> subjectOf("bad"));
    assertThat(decoder.remembered("bad")).isEmpty();
  }
}
