package dev.keyledger.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTypeTest {

  /** The statuses that the contract fixes. */
  @ParameterizedTest
  @CsvSource({
    "401, unauthenticated",
    "403, email-missing",
    "400, malformed-request",
    "413, body-too-large",
    "409, two-factor-already-enabled",
    "422, wrong-code",
    "409, no-enrolment",
    "409, keys-exist",
    "404, unknown-key",
    "409, two-factor-required",
    "422, invalid-label",
    "409, label-taken",
    "422, invalid-permissions",
    "422, invalid-ip",
    "422, trusted-ips-required",
    "409, key-limit-reached",
    "422, invalid-algorithm",
    "422, invalid-verification-key",
    "422, invalid-expiry",
    "422, invalid-rate-limit",
    "422, invalid-grace",
    "409, key-retiring",
    "409, key-expired",
    "409, key-not-disabled",
    "422, proof-rejected",
    "429, busy",
    "422, invalid-reason",
    "429, code-cooldown",
    "409, challenge-closed",
    "410, challenge-expired",
    "404, unknown-challenge",
    "422, totp-required",
    "423, account-locked",
    "503, not-yet-visible"
  })
  void isWhatTheContractSays(int status, String code) {
    ProblemType type = ProblemType.ofCode(code).orElseThrow();
    assertThat(type.status().value()).isEqualTo(status);
    assertThat(type.path()).isEqualTo("/problems/" + code);
  }
}
