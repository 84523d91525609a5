package dev.keyledger.command.http;

import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.command.store.KeyRings;
import dev.keyledger.http.HttpConfiguration;
import dev.keyledger.http.security.AccessRules;
import dev.keyledger.http.security.Scope;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The HTTP face of the command side: everything on it is about the caller's own key ring. */
@Configuration(proxyBeanMethods = false)
@Import(HttpConfiguration.class)
class CommandHttpConfiguration {

  @Bean
  AccessRules accessRules() {
    return AccessRules.of(new AccessRules.Rule("/v1/**", Scope.KEYS_MANAGE));
  }

  @Bean
  CommandDispatch commandDispatch(
      KeyRings keyRings, KeyledgerSettings settings, InstantSource clock) {
    return new CommandDispatch(keyRings, new Answers(settings.serviceName(), clock));
  }

  @Bean
  PositionFilter positionFilter(KeyRings keyRings) {
    return new PositionFilter(keyRings);
  }
}
