package dev.keyledger.http.security;

import dev.keyledger.http.HttpTest;
import dev.keyledger.http.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** A service of its own, which has never seen the keys of the identity provider. */
@DirtiesContext
@TestPropertySource(properties = "spring.application.name=identity-provider-down")
class IdentityProviderDownTest extends HttpTest {

  @Test
  void saysThatItIsNotTheTokensFault() {
    ISSUER.answerWith(500);
    try {
      ResponseSpec answer = alice.get().uri("/v1/things").exchange();
      answer.expectHeader().exists(HttpHeaders.RETRY_AFTER);
      expectProblem(answer, ProblemType.UNAVAILABLE);
      stranger.get().uri("/problems/unavailable").exchange().expectStatus().isOk();
    } finally {
      ISSUER.answerWith(200);
    }
  }
}
