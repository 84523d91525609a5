package dev.keyledger.query.http.audit;

import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.twoFactorEnabled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.audit.LoggedEvent;
import dev.keyledger.query.audit.ReadTrace;
import dev.keyledger.query.audit.TestLog;
import dev.keyledger.query.views.ViewStoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient.RequestHeadersSpec;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The log live. */
class StreamControllerTest extends AuditTest {
  private static final String ALL = "/v1/audit/stream";
  private static final String OWN = "/v1/keys/stream";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>> EVENTS =
      new ParameterizedTypeReference<>() {};

  @Test
  void sendsEventsWithTheirIndexes() {
    given("alice", "bob");

    StepVerifier.create(stream(auditing(ALL + "?after=-1")))
        .assertNext(opening -> {
          assertThat(opening.id()).isEqualTo("-1");
          assertThat(opening.data()).isNull();
        })
        .assertNext(event -> {
          assertThat(event.id()).isEqualTo("0");
          assertThat(event.event()).isNull();
          assertThat(event.data())
              .containsEntry("logIndex", 0)
              .containsEntry("accountId", "alice")
              .containsEntry("position", 1)
              .containsEntry("type", "dev.keyledger.TwoFactorEnabled.v1");
        })
        .assertNext(event -> assertThat(event.id()).isEqualTo("1"))
        .then(() -> given("carol"))
        .assertNext(event -> assertThat(event.id()).isEqualTo("2"))
        .thenCancel()
        .verify(SOON);
  }

  @Test
  void goesOnAfterTheLastEvent() {
    given("alice", "bob", "carol");

    assertThat(ids(stream(auditing(ALL + "?after=1").header("Last-Event-ID", "0")), 3))
        .containsExactly("0", "1", "2");
    assertThat(ids(stream(auditing(ALL + "?after=1")), 2)).containsExactly("1", "2");
  }

  @Test
  void beginsNowUnlessAskedAndSaysWhereThatIs() {
    given("alice", "bob");

    StepVerifier.create(stream(auditing(ALL)))
        .assertNext(opening -> assertThat(opening.id()).isEqualTo("1"))
        .then(() -> given("carol"))
        .assertNext(event -> assertThat(event.id()).isEqualTo("2"))
        .thenCancel()
        .verify(SOON);
  }

  @Test
  void showsAnAccountItsOwnOnly() {
    given(account, "bob", account);

    StepVerifier.create(stream(own(OWN + "?after=-1")))
        .expectNextCount(1)
        .assertNext(event -> assertThat(event.id()).isEqualTo("0"))
        .assertNext(event -> assertThat(event.id()).isEqualTo("2"))
        .then(() -> given("bob", account))
        .assertNext(event -> {
          assertThat(event.id()).isEqualTo("4");
          assertThat(event.data()).containsEntry("accountId", account);
        })
        .thenCancel()
        .verify(SOON);
    assertThat(traces.of(account)).isEmpty();
  }

  @Test
  void openingAndEndLeaveTheirTraces() {
    given("alice", "bob");

    ids(stream(auditing(ALL + "?after=-1")), 3);

    await().atMost(SOON).until(() -> traces.of(auditor).size() == 2);
    ReadTrace opened = traces.of(auditor).getFirst();
    ReadTrace ended = traces.of(auditor).getLast();
    assertThat(opened.outcome()).isEqualTo("opened");
    assertThat(opened.query()).isEqualTo("after=-1");
    assertThat(ended.outcome()).isEqualTo("ended");
    assertThat(ended.count()).isEqualTo(2);
    assertThat(ended.id().replace("-ended", "")).isEqualTo(opened.id().replace("-opened", ""));
  }

  @Test
  void noStreamWithoutATrace() {
    traces.down(true);

    problem(audit(ALL), ProblemType.UNAVAILABLE);
    ids(stream(own(OWN)), 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?after=-2", "?after=x", "?from=1", "?after=1&after=2"})
  void refusesWhatItWouldMisunderstand(String query) {
    problem(audit(ALL + query), ProblemType.MALFORMED_REQUEST);
    problem(ask(account, OWN + query, null, "keys:manage"), ProblemType.MALFORMED_REQUEST);
    assertThat(traces.of(auditor)).extracting(ReadTrace::status).containsExactly(400);
    problem(auditing(ALL).header("Last-Event-ID", "x").exchange(), ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void wantsTheScope() {
    problem(open(ALL), ProblemType.UNAUTHENTICATED);
    problem(open(OWN), ProblemType.UNAUTHENTICATED);
    problem(ask(account, ALL, null, "keys:manage"), ProblemType.INSUFFICIENT_SCOPE);
    problem(ask(account, OWN, null, "audit:read"), ProblemType.INSUFFICIENT_SCOPE);
  }

  @Test
  void saysThatTheStoreDoesNotAnswer() {
    store.down(true);

    problem(audit(ALL), ProblemType.UNAVAILABLE);
    problem(ask(account, OWN, null, "keys:manage"), ProblemType.UNAVAILABLE);
  }

  @Test
  void oneCallerHasOnlyAFewStreams() {
    List<Disposable> open = new ArrayList<>();
    List<ServerSentEvent<Map<String, Object>>> openings =
        Collections.synchronizedList(new ArrayList<>());
    IntStream.range(0, OpenStreams.OF_ONE)
        .forEach(n -> open.add(stream(own(OWN)).subscribe(openings::add)));
    await().atMost(SOON).until(() -> openings.size() == OpenStreams.OF_ONE);

    problem(
        ask(account, OWN, null, "keys:manage").expectHeader().valueEquals("Retry-After", "10"),
        ProblemType.TOO_MANY_STREAMS);
    ids(stream(auditing(ALL)), 1);

    open.forEach(Disposable::dispose);
    await().atMost(SOON).untilAsserted(() -> assertThat(ids(stream(own(OWN)), 1)).hasSize(1));
  }

  @Test
  void aTokenMayLastForEver() {
    Duration left = Duration.between(Instant.now(), Instant.parse("9999-12-31T23:59:59Z"));

    StepVerifier.create(StreamController.stream(6, Flux.never(), left, Mono.never()))
        .assertNext(opening -> assertThat(opening.id()).isEqualTo("6"))
        .thenCancel()
        .verify();
  }

  @Test
  void endsWithTheTokenAndBeatsUntilThen() {
    LoggedEvent event = TestLog.logged(7, keyCreated("alice", "k1"), 1);

    StepVerifier.withVirtualTime(() ->
            StreamController.stream(
                6,
                Flux.concat(Mono.just(event), Flux.never()),
                Duration.ofSeconds(31),
                Mono.never()))
        .assertNext(opening -> assertThat(opening.id()).isEqualTo("6"))
        .assertNext(sent -> assertThat(sent.id()).isEqualTo("7"))
        .thenAwait(Duration.ofSeconds(15))
        .assertNext(beat -> {
          assertThat(beat.comment()).isEqualTo("alive");
          assertThat(beat.id()).isNull();
        })
        .thenAwait(Duration.ofSeconds(15))
        .expectNextCount(1)
        .thenAwait(Duration.ofSeconds(1))
        .verifyComplete();
  }

  @Test
  void endsWhenTheNodeStops() {
    StepVerifier.create(StreamController.stream(6, Flux.never(), Duration.ofHours(1), Mono.empty()))
        .thenConsumeWhile(_ -> true)
        .verifyComplete();
  }

  @Test
  void endsWhenTheStoreDoesNotAnswer() {
    Flux<LoggedEvent> broken = Flux.error(new ViewStoreException(new IllegalStateException()));

    StepVerifier.create(StreamController.stream(6, broken, Duration.ofHours(1), Mono.never()))
        .expectNextCount(1)
        .verifyComplete();
  }

  private RequestHeadersSpec<?> auditing(String path) {
    return caller(auditor, path, AUDIT);
  }

  private RequestHeadersSpec<?> own(String path) {
    return caller(account, path, "keys:manage");
  }

  private RequestHeadersSpec<?> caller(String caller, String path, String scope) {
    return http.mutate()
        .responseTimeout(SOON)
        .build()
        .get()
        .uri(path)
        .headers(h -> h.setBearerAuth(PLATFORM.token(caller, null, scope)));
  }

  private void given(String... accounts) {
    for (String one : accounts) {
      log.add(twoFactorEnabled(one));
    }
    store.take(log);
  }

  private static Flux<ServerSentEvent<Map<String, Object>>> stream(RequestHeadersSpec<?> request) {
    return request.exchange().expectStatus().isOk().returnResult(EVENTS).getResponseBody();
  }

  private static List<String> ids(Flux<ServerSentEvent<Map<String, Object>>> stream, int count) {
    return Objects.requireNonNull(
        stream.take(count).map(event -> String.valueOf(event.id())).collectList().block(SOON));
  }
}
