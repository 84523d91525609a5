package dev.keyledger.query.http;

import static dev.keyledger.query.Events.keyCreated;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.TestPropertySource;

/** What callers get who wait for a position that does not come. */
@TestPropertySource(properties = QueryFace.MAX_WAIT + "=200ms")
class ImpatientViewTest extends ViewTest {

  @ParameterizedTest
  @ValueSource(strings = {"/v1/keys", "/v1/keys/k1", "/v1/account"})
  void givesUpWaitingInTheEnd(String path) {
    given(keyCreated(account, "k1"));

    problem(
        get(path, PositionHeaders.MIN_POSITION, "2")
            .expectHeader()
            .valueEquals(HttpHeaders.RETRY_AFTER, "1")
            .expectHeader()
            .doesNotExist("Keyledger-Stale"),
        ProblemType.NOT_YET_VISIBLE);
    problem(
        get(path, PositionHeaders.MIN_POSITION, Long.toString(Long.MAX_VALUE)),
        ProblemType.NOT_YET_VISIBLE);
  }

  @Test
  void saysThatAnAnswerIsOldWhereTheProjectionStopped() {
    given(keyCreated(account, "k1"));
    stopped.add(account);

    get("/v1/keys")
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Keyledger-Stale", "projection-stopped");
    get("/v1/keys", HttpHeaders.IF_NONE_MATCH, "*")
        .expectHeader()
        .valueEquals("Keyledger-Stale", "projection-stopped");
    problem(
        get("/v1/keys", PositionHeaders.MIN_POSITION, "2")
            .expectHeader()
            .valueEquals("Keyledger-Stale", "projection-stopped"),
        ProblemType.NOT_YET_VISIBLE);
  }
}
