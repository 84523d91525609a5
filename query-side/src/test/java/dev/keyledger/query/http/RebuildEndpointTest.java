package dev.keyledger.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.Events;
import dev.keyledger.query.rebuild.InMemoryRebuildStore;
import dev.keyledger.query.rebuild.Rebuild;
import dev.keyledger.query.views.Generations;
import dev.keyledger.query.views.Generations.Stage;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Who may have the views built anew, and what the answer says. */
class RebuildEndpointTest extends ViewTest {
  private static final String PATH = "/actuator/rebuild";
  private static final String SCOPE = "ops:rebuild";

  @Autowired private InMemoryRebuildStore rebuilds;

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void aStrangerGetsNothing(String method) {
    problem(
        http.method(HttpMethod.valueOf(method)).uri(PATH).exchange(), ProblemType.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void itTakesItsOwnScope(String method) {
    problem(
        call(method, "keys:manage keys:support keys:verify audit:read"),
        ProblemType.INSUFFICIENT_SCOPE);
    assertThat(rebuild()).isEqualTo(Rebuild.NEVER);
  }

  @Test
  void nothingElseOpensWithIt() {
    problem(call("GET", SCOPE, "/actuator"), ProblemType.NOT_FOUND);
    problem(call("GET", SCOPE, "/actuator/rebuild/more"), ProblemType.NOT_FOUND);
    problem(call("GET", SCOPE, "/v1/keys"), ProblemType.INSUFFICIENT_SCOPE);
  }

  @Test
  void beginsOneAndNoOtherWhileItRuns() {
    call("GET", SCOPE)
        .expectStatus()
        .isOk()
        .expectBody()
        .json(
            "{\"state\":\"none\",\"generation\":0,\"eventsDone\":0,\"eventsTotal\":0}",
            JsonCompareMode.STRICT);

    for (int time = 0; time < 2; time++) {
      call("POST", SCOPE)
          .expectStatus()
          .isAccepted()
          .expectBody()
          .jsonPath("$.state")
          .isEqualTo("building")
          .jsonPath("$.generation")
          .isEqualTo(1)
          .jsonPath("$.startedAt")
          .isEqualTo(Events.NOON.toString());
      assertThat(rebuild().version()).isEqualTo(1);
    }
    Rebuild done =
        new Rebuild(
            new Generations(1, Stage.SERVING), 2, "one", Events.NOON, Events.NOON, 9, 9, null);
    rebuilds.replace(rebuild(), done).block();
    call("GET", SCOPE).expectBody().jsonPath("$.state").isEqualTo("done");
    reset();
  }

  private void reset() {
    Rebuild now = rebuild();
    rebuilds.replace(now, Rebuild.NEVER).block();
  }

  private Rebuild rebuild() {
    return Objects.requireNonNull(rebuilds.find().block());
  }

  private ResponseSpec call(String method, String scope) {
    return call(method, scope, PATH);
  }

  private ResponseSpec call(String method, String scope, String path) {
    return http.method(HttpMethod.valueOf(method))
        .uri(path)
        .headers(headers -> headers.setBearerAuth(PLATFORM.token("operator", null, scope)))
        .exchange();
  }
}
