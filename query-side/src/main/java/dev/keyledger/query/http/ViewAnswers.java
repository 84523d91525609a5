package dev.keyledger.query.http;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.security.Account;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.NotYetVisibleException;
import dev.keyledger.query.views.Staleness;
import dev.keyledger.query.views.ViewReader;
import dev.keyledger.query.views.ViewStoreException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns the caller's view into an answer: waits for the position asked for, says which one it
 * shows, and sends no body that the caller has already (RFC 9110 section 13.1.2).
 */
final class ViewAnswers {
  static final String PROJECTION_STOPPED = "projection-stopped";
  static final String STALE_MEANS =
      "Only sent while the answer may be old, since the service waits for an upgrade to read on";
  private static final String PRIVATE = "private, no-cache";
  private static final Duration RETRY_VISIBLE = Duration.ofSeconds(1);

  private final ViewReader reader;
  private final Staleness staleness;
  private final JsonMapper json;

  ViewAnswers(ViewReader reader, Staleness staleness, JsonMapper json) {
    this.reader = reader;
    this.staleness = staleness;
    this.json = json;
  }

  /**
   * Answers with what a view shows.
   *
   * @param more what the answer takes beside the view
   * @param body what of both becomes the JSON of the answer
   */
  <T> Mono<ResponseEntity<byte[]>> answer(
      Account caller,
      ServerHttpRequest request,
      Mono<T> more,
      BiFunction<AccountView, T, Object> body) {
    return answer(
        caller.accountId(),
        MinPosition.of(request.getHeaders()),
        request.getHeaders().getOrEmpty(HttpHeaders.IF_NONE_MATCH),
        more,
        body);
  }

  /**
   * Answers with what a view shows.
   *
   * @param minPosition what the view shall hold
   * @param known values of {@code If-None-Match}
   * @param more what the answer takes beside the view
   * @param body what of both becomes the JSON of the answer
   */
  <T> Mono<ResponseEntity<byte[]>> answer(
      String accountId,
      long minPosition,
      List<String> known,
      Mono<T> more,
      BiFunction<AccountView, T, Object> body) {
    return reader
        .read(accountId, minPosition)
        .zipWith(more, (view, extra) -> answer(view, known, extra, body))
        .onErrorMap(NotYetVisibleException.class, _ -> notYetVisible(accountId))
        .onErrorMap(ViewStoreException.class, Unavailable::because);
  }

  private <T> ResponseEntity<byte[]> answer(
      AccountView view, List<String> known, T more, BiFunction<AccountView, T, Object> body) {
    if (!view.complete()) {
      throw new ProblemException(ProblemType.VIEW_INCOMPLETE);
    }
    byte[] bytes = json.writeValueAsBytes(body.apply(view, more));
    String tag = ContentTag.of(bytes);
    boolean unchanged = ContentTag.matches(known, tag);
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(unchanged ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
            .header(HttpHeaders.ETAG, tag)
            .header(HttpHeaders.CACHE_CONTROL, PRIVATE)
            .header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION)
            .header(PositionHeaders.POSITION, Long.toString(view.position()));
    if (staleness.stopped(view)) {
      answer.header(PositionHeaders.STALE, PROJECTION_STOPPED);
    }
    return unchanged ? answer.build() : answer.body(bytes);
  }

  private ProblemException notYetVisible(String accountId) {
    ProblemException problem =
        new ProblemException(ProblemType.NOT_YET_VISIBLE).retryAfter(RETRY_VISIBLE);
    return staleness.stopped(AccountView.unknown(accountId))
        ? problem.withHeader(PositionHeaders.STALE, PROJECTION_STOPPED)
        : problem;
  }
}
