package dev.keyledger.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.problem.ProblemType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class TwoFactorControllerTest extends CommandHttpTest {
  private static final String PATH = "/v1/two-factor";
  private static final String CONFIRMATION = "/v1/two-factor/confirmation";

  @Test
  void startsAnEnrolment() {
    ResponseSpec answer = alice.post(PATH);
    expectPosition(answer, 1);
    answer
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.secret")
        .value(String.class, secret -> assertThat(secret).matches("[A-Z2-7]{32}"))
        .jsonPath("$.otpauthUri")
        .value(
            String.class,
            uri -> assertThat(uri).matches("otpauth://totp/Keyledger:acct-.*\\?secret=.*period=30"))
        .jsonPath("$.length()")
        .isEqualTo(2);
  }

  @Test
  void startsAfreshBeforeItIsConfirmed() {
    alice.enrol();
    String first = alice.nextTotp();
    alice.enrol();
    expectProblem(alice.post(CONFIRMATION, Map.of("totp", first)), ProblemType.WRONG_CODE, 2);
    alice.post(CONFIRMATION, Map.of("totp", alice.nextTotp())).expectStatus().isNoContent();
  }

  @Test
  void confirmsAnEnrolment() {
    alice.enrol();
    ResponseSpec answer = alice.post(CONFIRMATION, Map.of("totp", alice.nextTotp()));
    expectPosition(answer, 2);
    answer.expectStatus().isNoContent().expectBody().isEmpty();
    expectProblem(alice.post(PATH), ProblemType.TWO_FACTOR_ALREADY_ENABLED, 2);
  }

  @Test
  void refusesAConfirmation() {
    expectProblem(alice.post(CONFIRMATION, Map.of("totp", "123456")), ProblemType.NO_ENROLMENT, 0);
    alice.enrol();
    expectProblem(alice.post(CONFIRMATION, Map.of("totp", "12345")), ProblemType.WRONG_CODE, 1)
        .jsonPath("$.attemptsLeft")
        .doesNotExist();
    expectProblem(alice.post(CONFIRMATION, Map.of()), ProblemType.MALFORMED_REQUEST, 1);
    expectProblem(
        alice.post(CONFIRMATION, Map.of("totp", 123456)), ProblemType.MALFORMED_REQUEST, 1);
  }

  @Test
  void isSwitchedOffByAChallenge() {
    alice.withTwoFactor();
    ResponseSpec answer = alice.delete(PATH);
    expectPosition(answer, 3);
    ResponseSpec verified = alice.verify(alice.challengeIn(answer));
    expectPosition(verified, 5);
    verified.expectStatus().isNoContent().expectBody().isEmpty();
    alice.post(PATH).expectStatus().isCreated();
  }

  @Test
  void staysWhileThereAreKeys() {
    alice.withTwoFactor().createKey("TradingBot1");
    expectProblem(alice.delete(PATH), ProblemType.KEYS_EXIST, 5);
  }

  @Test
  void isNotSwitchedOffWhereThereIsNone() {
    expectProblem(alice.delete(PATH), ProblemType.TWO_FACTOR_REQUIRED, 0);
  }

  @Test
  void needsAnAddressForTheCode() {
    TestCaller nameless = withoutEmail("nameless-two-factor");
    nameless.withTwoFactor();
    expectProblem(nameless.delete(PATH), ProblemType.EMAIL_MISSING, 2);
  }
}
