package dev.keyledger.http.shortcut;

import dev.keyledger.http.security.Account;
import dev.keyledger.http.security.SecurityHeaders;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** One call on the short way. */
final class ShortExchange {
  private final Route route;
  private final UsualChain usual;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final long began = System.nanoTime();
  private boolean left;
  private boolean lost;

  ShortExchange(
      Route route, UsualChain usual, HttpServerRequest request, HttpServerResponse response) {
    this.route = route;
    this.usual = usual;
    this.request = request;
    this.response = response;
  }

  /**
   * Answers it, by the usual chain where the shortcut does not.
   *
   * @param length of the body
   */
  Mono<Void> answer(Account caller, int length) {
    return SentBody.of(request, length)
        .materialize()
        .flatMap(body -> {
          byte[] bytes = body.get();
          return bytes == null ? unread(body.getThrowable()) : answer(caller, bytes);
        })
        .doFinally(this::note);
  }

  private Mono<Void> answer(Account caller, byte[] body) {
    return Mono.defer(() ->
            route
                .shortcut()
                .answer(
                    new ShortCall(
                        caller, route.variableOf(request), request.requestHeaders(), body)))
        .onErrorReturn(ShortAnswer.usual())
        .flatMap(answer ->
            switch (answer) {
              case ShortAnswer.Done done -> send(done);
              case ShortAnswer.Usual it when it.failure() != null -> failed(it.failure());
              case ShortAnswer.Usual _ -> leave(body);
            });
  }

  /** Who went away meanwhile is not told of anything, an error included. */
  private Mono<Void> send(ShortAnswer.Done done) {
    route.taken();
    return write(done).doOnError(_ -> lost = true).onErrorComplete();
  }

  private Mono<Void> write(ShortAnswer.Done done) {
    response.status(HttpResponseStatus.valueOf(done.status()));
    HttpHeaders headers = response.responseHeaders();
    done.headers().forEach(headers::add);
    if (done.body().length > 0) {
      headers.set(org.springframework.http.HttpHeaders.CONTENT_LENGTH, done.body().length);
    }
    SecurityHeaders.addTo(headers, done.status(), request.scheme());
    return done.body().length == 0
        ? response.send()
        : response.sendObject(Unpooled.wrappedBuffer(done.body())).then();
  }

  private Mono<Void> leave(byte[] body) {
    leave();
    return usual.answer(request, response, body);
  }

  private Mono<Void> unread(@Nullable Throwable failure) {
    leave();
    return usual.unread(
        request, response, failure == null ? new IllegalStateException("no body") : failure);
  }

  private Mono<Void> failed(Throwable failure) {
    leave();
    return usual.failed(request, response, failure);
  }

  private void leave() {
    left = true;
    route.left();
  }

  private void note(SignalType end) {
    if (left) {
      return; // The usual chain has meters of its own.
    }
    if (end == SignalType.ON_COMPLETE && !lost) {
      route.answered(response.status().code(), System.nanoTime() - began);
    } else {
      route.aborted(System.nanoTime() - began);
    }
  }
}
