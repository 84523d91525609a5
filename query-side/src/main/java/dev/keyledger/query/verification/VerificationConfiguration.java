package dev.keyledger.query.verification;

import dev.keyledger.crypto.ApiSecrets;
import dev.keyledger.crypto.Ed25519Verifier;
import dev.keyledger.crypto.RootKeySettings;
import dev.keyledger.query.memory.LiveKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the verifier together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({VerificationSettings.class, RootKeySettings.class})
public class VerificationConfiguration {
  /** Name of the bean that makes the replay guard which all nodes share. */
  public static final String SHARED_GUARD = "sharedReplayGuard";

  private static final Logger log = LoggerFactory.getLogger(VerificationConfiguration.class);

  @Bean
  Ed25519Verifier ed25519Verifier() {
    Ed25519Verifier fastest = Ed25519Verifier.fastest();
    log.info("Ed25519 signatures are checked by {}", fastest.name());
    return fastest;
  }

  @Bean
  ReplayGuard replayGuard(
      VerificationSettings settings,
      @Qualifier(SHARED_GUARD) Supplier<ReplayGuard> shared,
      Clock clock) {
    return switch (settings.replayGuard()) {
      case LOCAL -> new LocalReplayGuard(settings.lifetime(), clock, settings.maxNonces());
      case SHARED -> shared.get();
      case OFF -> ReplayGuard.off();
    };
  }

  @Bean
  RecentUsage recentUsage(UsageStore store) {
    return new RecentUsage(store, System::nanoTime);
  }

  @Bean
  UsageLog usageLog(UsageStore store, LiveKeys keys, VerificationSettings settings, Clock clock) {
    UsageLog usage = new UsageLog(store, keys, clock, settings.usageInterval());
    keys.onDeparture(usage::gone);
    return usage;
  }

  @Bean
  Neighbours neighbours(Nodes nodes, ReplayGuard guard, VerificationSettings settings) {
    return new Neighbours(nodes, guard, settings.replayGuard());
  }

  @Bean
  Verifier verifier(
      VerificationSettings settings,
      @Value("${keyledger.view.max-wait:5s}") Duration maxWait,
      RootKeySettings rootKeys,
      Ed25519Verifier ed25519,
      LiveKeys keys,
      ReplayGuard guard,
      Neighbours neighbours,
      UsageLog usage,
      MeterRegistry registry,
      Clock clock) {
    return new Verifier(
        settings,
        maxWait,
        keys,
        new Signatures(ed25519, new ApiSecrets(rootKeys.rootKeys())),
        guard,
        new RateLimits(System::nanoTime),
        usage,
        new VerificationMetrics(registry, keys, guard, neighbours, ed25519.name()),
        clock);
  }

  @Bean
  VerificationHealthIndicator verificationHealthIndicator(
      LiveKeys keys, Neighbours neighbours, VerificationSettings settings) {
    return new VerificationHealthIndicator(keys, neighbours, settings);
  }
}
