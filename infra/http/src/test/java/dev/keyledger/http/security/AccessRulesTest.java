package dev.keyledger.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.security.AccessRules.Rule;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
  private final AccessRules rules =
      AccessRules.of(
          Rule.open("/v1/things/open"),
          new Rule("/v1/things/*", Scope.KEYS_MANAGE),
          new Rule("/v1/**", Scope.AUDIT_READ));

  @Test
  void theFirstRuleThatFitsSaysWhichScopeAPathNeeds() {
    assertThat(rules.scopesOf("/v1/things/mine")).containsExactly(Scope.KEYS_MANAGE);
    assertThat(rules.scopesOf("/v1/things")).containsExactly(Scope.AUDIT_READ);
  }

  @Test
  void aPathWithoutATokenOrARuleNeedsNone() {
    assertThat(rules.scopesOf("/v1/things/open")).isEmpty();
    assertThat(rules.scopesOf("/elsewhere")).isEmpty();
  }
}
