package dev.keyledger.http.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Remembers for a short while that a token was good, so that a burst of calls costs one signature
 * check. Never longer than the token itself is good, and never that one was bad. Tokens are known
 * by their SHA-256, so the cache's keys are of no use to anyone.
 */
final class CachingJwtDecoder implements ReactiveJwtDecoder {
  /** How long a withdrawn signing key may still count for tokens that were seen before. */
  static final Duration MAX_AGE = Duration.ofSeconds(60);

  private static final int MAX_TOKENS = 10_000;

  private final ReactiveJwtDecoder decoder;
  private final Clock clock;
  private final Cache<ByteBuffer, Good> verified;

  /** A token that was good, and what it grants, once somebody asked for that. */
  private static final class Good {
    private final Jwt jwt;
    private @Nullable Grant grant;

    Good(Jwt jwt) {
      this.jwt = jwt;
    }

    /** To make it twice does no harm. */
    Grant grant() {
      Grant made = grant;
      if (made == null) {
        made = Grant.of(AccountAuthentication.of(jwt));
        grant = made;
      }
      return made;
    }
  }

  CachingJwtDecoder(ReactiveJwtDecoder decoder, Clock clock) {
    this.decoder = decoder;
    this.clock = clock;
    this.verified =
        Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .ticker(ticker(clock))
            .expireAfter(Expiry.creating((ByteBuffer digest, Good good) -> goodFor(good.jwt)))
            .build();
  }

  @Override
  public Mono<Jwt> decode(String token) {
    return Mono.defer(() -> {
      ByteBuffer digest = digest(token);
      Good known = verified.getIfPresent(digest);
      return known != null
          ? Mono.just(known.jwt)
          : decoder.decode(token).doOnNext(jwt -> remember(digest, jwt));
    });
  }

  /** What a token grants that was found good within {@link #MAX_AGE}, and still is. */
  Optional<Grant> remembered(String token) {
    return Optional.ofNullable(verified.getIfPresent(digest(token))).map(Good::grant);
  }

  private void remember(ByteBuffer digest, Jwt jwt) {
    if (goodFor(jwt).isPositive()) {
      verified.put(digest, new Good(jwt));
    }
  }

  private Duration goodFor(Jwt jwt) {
    Instant expiresAt = jwt.getExpiresAt();
    if (expiresAt == null) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(clock.instant(), expiresAt);
    return left.compareTo(MAX_AGE) < 0 ? left : MAX_AGE;
  }

  private static Ticker ticker(Clock clock) {
    return () -> {
      Instant now = clock.instant();
      return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    };
  }

  private static ByteBuffer digest(String token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
