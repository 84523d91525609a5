package dev.keyledger.query.http;

import dev.keyledger.http.HttpConfiguration;
import dev.keyledger.http.security.AccessRules;
import dev.keyledger.http.security.AccessRules.Rule;
import dev.keyledger.http.security.Scope;
import dev.keyledger.query.http.audit.AuditFaceConfiguration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Opens the query side's paths. */
@Configuration(proxyBeanMethods = false)
@Import({
  HttpConfiguration.class,
  ViewController.class,
  ViewAnswers.class,
  ListShortcut.class,
  AccountShortcut.class,
  VerificationController.class,
  Verdicts.class,
  VerificationShortcut.class,
  RebuildEndpoint.class,
  AuditFaceConfiguration.class
})
public class HttpFaceConfiguration {

  @Bean
  AccessRules accessRules() {
    return AccessRules.of(
        new Rule("/v1/keys", Scope.KEYS_MANAGE),
        new Rule("/v1/keys/*", Scope.KEYS_MANAGE),
        new Rule("/v1/account", Scope.KEYS_MANAGE),
        Rule.open("/v1/verifications/self"),
        new Rule("/v1/verifications", Scope.KEYS_VERIFY),
        Rule.open("/v1/audit/log/checkpoint"),
        Rule.open("/v1/audit/log/proof"),
        new Rule("/v1/audit/log/tile/entries/**", Scope.AUDIT_READ),
        Rule.open("/v1/audit/log/tile/**"),
        new Rule("/v1/audit/receipts/**", List.of(Scope.KEYS_MANAGE, Scope.AUDIT_READ)),
        new Rule("/v1/audit/**", Scope.AUDIT_READ),
        new Rule("/actuator/rebuild", Scope.OPS_REBUILD));
  }
}
