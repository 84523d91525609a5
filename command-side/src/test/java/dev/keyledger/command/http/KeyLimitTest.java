package dev.keyledger.command.http;

import dev.keyledger.http.problem.ProblemType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Rules that a deployment may tighten. */
@TestPropertySource(
    properties = {
      "keyledger.keys.max-per-account=1",
      "keyledger.keys.withdraw-requires-trusted-ips=true",
      "keyledger.two-factor.policy=if-enrolled"
    })
class KeyLimitTest extends CommandHttpTest {

  @Test
  void limitsTheNumberOfKeys() {
    alice.withTwoFactor().createKey("TradingBot1");
    expectProblem(
        alice.post("/v1/keys", Map.of("label", "TradingBot2")), ProblemType.KEY_LIMIT_REACHED, 5);
  }

  @Test
  void letsNobodyWithdrawFromEverywhere() {
    expectProblem(
        alice.post("/v1/keys", Map.of("label", "Bot1", "permissions", List.of("withdraw"))),
        ProblemType.TRUSTED_IPS_REQUIRED,
        0);
  }

  @Test
  void worksWithTheMailAloneWhereThereIsNoSecondFactor() {
    String challenge = alice.askForKey("TradingBot1");
    alice
        .post(
            "/v1/challenges/" + challenge + "/verification",
            Map.of("emailCode", alice.emailCode(challenge, 1)))
        .expectStatus()
        .isCreated();
  }
}
