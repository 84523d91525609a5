package dev.keyledger.query.http;

import dev.keyledger.http.HttpConfiguration;
import dev.keyledger.http.security.AccessRules;
import dev.keyledger.http.security.AccessRules.Rule;
import dev.keyledger.http.security.Scope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Opens the query side's paths. */
@Configuration(proxyBeanMethods = false)
@Import({
  HttpConfiguration.class,
  ViewController.class,
  ViewAnswers.class,
  VerificationController.class
})
public class HttpFaceConfiguration {

  @Bean
  AccessRules accessRules() {
    return AccessRules.of(
        new Rule("/v1/keys", Scope.KEYS_MANAGE),
        new Rule("/v1/keys/*", Scope.KEYS_MANAGE),
        new Rule("/v1/account", Scope.KEYS_MANAGE),
        Rule.open("/v1/verifications/self"),
        new Rule("/v1/verifications", Scope.KEYS_VERIFY));
  }
}
