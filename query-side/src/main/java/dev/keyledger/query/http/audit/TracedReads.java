package dev.keyledger.query.http.audit;

import dev.keyledger.http.problem.ProblemTranslator;
import dev.keyledger.http.security.Account;
import dev.keyledger.query.audit.ReadTrace;
import dev.keyledger.query.audit.ReadTraces;
import dev.keyledger.query.http.Unavailable;
import dev.keyledger.query.views.ViewStoreException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/** Lets an answer to an auditor out once it is written down who gets it. */
final class TracedReads {
  private static final int OK = 200;

  private final ReadTraces traces;
  private final Clock clock;

  TracedReads(ReadTraces traces, Clock clock) {
    this.traces = traces;
    this.clock = clock;
  }

  /**
   * What a question comes to.
   *
   * @param count of events, or of other things, that it holds
   */
  record Answer<T>(ResponseEntity<T> entity, long count) {
    /** One that nothing on the way keeps. */
    static <T> Answer<T> of(T body, long count) {
      return new Answer<>(
          ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body), count);
    }
  }

  /** The answer, or the error, after its trace; {@code unavailable} if there can be none. */
  <T> Mono<ResponseEntity<T>> traced(
      Account reader, ServerHttpRequest request, Mono<Answer<T>> answer) {
    return traced(reader, request, UUID.randomUUID().toString(), "answered", answer);
  }

  /** The same for the opening of a stream. */
  <T> Mono<ResponseEntity<T>> opened(
      Account reader, ServerHttpRequest request, String stream, Mono<Answer<T>> answer) {
    return traced(reader, request, stream + "-opened", "opened", answer);
  }

  /**
   * The trace of a stream's end.
   *
   * @param count of events that were sent
   */
  Mono<Void> ended(Account reader, ServerHttpRequest request, String stream, long count) {
    return write(reader, request, stream + "-ended", "ended", OK, count);
  }

  private <T> Mono<ResponseEntity<T>> traced(
      Account reader,
      ServerHttpRequest request,
      String id,
      String outcome,
      Mono<Answer<T>> answer) {
    return answer
        .onErrorMap(ViewStoreException.class, Unavailable::because)
        .materialize()
        .flatMap(given ->
            write(reader, request, id, outcome, status(given), count(given)).thenReturn(given))
        .<Answer<T>>dematerialize()
        .map(Answer::entity);
  }

  private Mono<Void> write(
      Account reader, ServerHttpRequest request, String id, String outcome, int status, long n) {
    return traces
        .write(
            new ReadTrace(
                id,
                clock.instant(),
                reader.accountId(),
                request.getMethod().name(),
                request.getURI().getRawPath(),
                request.getURI().getRawQuery(),
                address(request.getRemoteAddress()),
                outcome,
                status,
                n))
        .onErrorMap(Unavailable::because);
  }

  private static <T> int status(Signal<Answer<T>> outcome) {
    Answer<T> given = outcome.get();
    Throwable error = outcome.getThrowable();
    if (given != null) {
      return given.entity().getStatusCode().value();
    }
    return error == null ? OK : ProblemTranslator.translate(error).type().status().value();
  }

  private static <T> long count(Signal<Answer<T>> outcome) {
    Answer<T> given = outcome.get();
    return given == null ? 0 : given.count();
  }

  private static @Nullable String address(@Nullable InetSocketAddress remote) {
    if (remote == null) {
      return null;
    }
    return remote.getAddress() == null
        ? remote.getHostString()
        : remote.getAddress().getHostAddress();
  }
}
