package dev.keyledger.command.http;

import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.command.store.KeyRings;
import dev.keyledger.http.HttpConfiguration;
import dev.keyledger.http.security.AccessRules;
import dev.keyledger.http.security.Scope;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The HTTP face of the command side: nearly everything on it is about the caller's key ring. */
@Configuration(proxyBeanMethods = false)
@Import(HttpConfiguration.class)
class CommandHttpConfiguration {
  private static final int REVOCATIONS_AT_A_TIME = 8;
  private static final Duration REVOCATIONS_REFUSED_AFTER = Duration.ofMillis(100);

  @Bean
  AccessRules accessRules() {
    return AccessRules.of(
        AccessRules.Rule.open("/v1/revocations"),
        new AccessRules.Rule("/v1/support/**", Scope.KEYS_SUPPORT),
        new AccessRules.Rule("/v1/**", Scope.KEYS_MANAGE));
  }

  @Bean
  CommandDispatch commandDispatch(
      KeyRings keyRings, KeyledgerSettings settings, InstantSource clock) {
    return new CommandDispatch(keyRings, new Answers(settings.serviceName(), clock));
  }

  @Bean
  OpenCalls openCalls() {
    return new OpenCalls(REVOCATIONS_AT_A_TIME, REVOCATIONS_REFUSED_AFTER);
  }

  @Bean
  PositionFilter positionFilter(KeyRings keyRings) {
    return new PositionFilter(keyRings);
  }
}
