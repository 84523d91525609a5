package dev.keyledger.query.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.keyledger.events.RateLimit;
import dev.keyledger.query.memory.KeyId;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The token buckets of keys with a rate limit, each node's own. A bucket is forgotten when it would
 * be full again, which changes nothing.
 */
final class RateLimits {
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final TimeMeter time;
  private final Cache<KeyId, Limited> buckets;

  /** A key's bucket and the limit that it was made for. */
  private record Limited(RateLimit limit, Bucket bucket) {

    /** The longest time until it is full again, plus a little. */
    Duration idle() {
      return Duration.ofSeconds(capacity(limit)).dividedBy(perSecond(limit)).plus(MARGIN);
    }
  }

  /**
   * @param nanoTime what {@link System#nanoTime} gives
   */
  RateLimits(LongSupplier nanoTime) {
    this.time = new Nanos(nanoTime);
    this.buckets =
        Caffeine.newBuilder()
            .expireAfter(Expiry.<KeyId, Limited>accessing((_, limited) -> limited.idle()))
            .ticker(nanoTime::getAsLong)
            .build();
  }

  /**
   * Looks for a token and takes none.
   *
   * @return how long to wait until there is one; zero if there is
   */
  Duration look(KeyId key, @Nullable RateLimit limit) {
    if (limit == null) {
      return Duration.ZERO;
    }
    EstimationProbe probe = bucket(key, limit).estimateAbilityToConsume(1);
    return probe.canBeConsumed() ? Duration.ZERO : atLeast1(probe.getNanosToWaitForRefill());
  }

  /**
   * Takes a token for one request. A limit that was changed counts at once, with the bucket as full
   * as it was.
   *
   * @return how long to wait until there is one; zero if this request may go on
   */
  Duration take(KeyId key, @Nullable RateLimit limit) {
    if (limit == null) {
      return Duration.ZERO;
    }
    ConsumptionProbe probe = bucket(key, limit).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed() ? Duration.ZERO : atLeast1(probe.getNanosToWaitForRefill());
  }

  private static Duration atLeast1(long nanos) {
    return Duration.ofNanos(Math.max(1, nanos));
  }

  private Bucket bucket(KeyId key, RateLimit limit) {
    Limited limited = buckets.getIfPresent(key);
    if (limited == null || !limited.limit().equals(limit)) {
      limited = buckets.asMap().compute(key, (_, before) -> renewed(before, limit));
    }
    return limited.bucket();
  }

  private Limited renewed(@Nullable Limited before, RateLimit limit) {
    if (before == null) {
      return new Limited(
          limit,
          Bucket.builder()
              .addLimit(bandwidth ->
                  bandwidth
                      .capacity(capacity(limit))
                      .refillGreedy(perSecond(limit), Duration.ofSeconds(1)))
              .withCustomTimePrecision(time)
              .build());
    }
    if (!before.limit().equals(limit)) {
      before
          .bucket()
          .replaceConfiguration(
              BucketConfiguration.builder()
                  .addLimit(bandwidth ->
                      bandwidth
                          .capacity(capacity(limit))
                          .refillGreedy(perSecond(limit), Duration.ofSeconds(1)))
                  .build(),
              TokensInheritanceStrategy.PROPORTIONALLY);
    }
    return new Limited(limit, before.bucket());
  }

  /** A limit of none at all is none that the command side would set. */
  private static int capacity(RateLimit limit) {
    return Math.max(1, limit.burst());
  }

  private static int perSecond(RateLimit limit) {
    return Math.max(1, limit.perSecond());
  }

  /** The clock of the buckets. */
  private record Nanos(LongSupplier nanoTime) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
