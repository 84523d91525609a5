package dev.keyledger.query.verification;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about verification.
 *
 * @param window how far back a signature may have been made
 * @param futureSkew how far ahead of this node's clock it may have been made
 * @param replayGuard where nonces are remembered
 * @param maxNonces how many nonces a node remembers with {@code local}; beyond it, requests are
 *     neither accepted nor refused
 * @param maxStaleness how long a node may go without proof that it knows all that is in the topic
 * @param staleOk whether a node answers from what it knows after that time
 * @param usageInterval how often the last uses of keys are written down
 * @param publicUri scheme and authority that clients call this service by and sign, such as {@code
 *     https://keys.example.com}, where a proxy in front ends TLS; absent: as each request says
 */
@ConfigurationProperties("keyledger.verification")
public record VerificationSettings(
    @DefaultValue("30s") Duration window,
    @DefaultValue("5s") Duration futureSkew,
    @DefaultValue("local") Guard replayGuard,
    @DefaultValue("1000000") long maxNonces,
    @DefaultValue("2s") Duration maxStaleness,
    @DefaultValue("false") boolean staleOk,
    @DefaultValue("5s") Duration usageInterval,
    @Nullable URI publicUri) {

  /** Where nonces are remembered. */
  public enum Guard {
    /** In the memory of each node. */
    LOCAL,
    /** In MongoDB, for all nodes. */
    SHARED,
    /** Nowhere: every nonce is good any number of times. */
    OFF
  }

  public VerificationSettings {
    require(!window.isNegative() && !window.isZero(), "window", "longer than nothing");
    require(!futureSkew.isNegative(), "future-skew", "nothing or longer");
    require(maxNonces > 0, "max-nonces", "1 or more");
    require(
        !maxStaleness.isNegative() && !maxStaleness.isZero(),
        "max-staleness",
        "longer than nothing");
    require(
        !usageInterval.isNegative() && !usageInterval.isZero(),
        "usage-interval",
        "longer than nothing");
    require(
        publicUri == null || isOrigin(publicUri),
        "public-uri",
        "http or https, a host, and nothing behind it");
  }

  /** From the earliest to the latest moment at which one signature can be accepted. */
  public Duration lifetime() {
    return window.plus(futureSkew);
  }

  private static boolean isOrigin(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return (scheme.equals("http") || scheme.equals("https"))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && "".equals(uri.getRawPath())
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  private static void require(boolean holds, String name, String what) {
    if (!holds) {
      throw new IllegalArgumentException("keyledger.verification." + name + " must be " + what);
    }
  }
}
