package dev.keyledger.http.shortcut;

import dev.keyledger.http.ReadRequest;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Spring's chain, for everything that has no shorter way. */
final class UsualChain {
  private final HttpHandler handler;
  private final ReactorHttpHandlerAdapter adapter;

  UsualChain(HttpHandler handler) {
    this.handler = handler;
    this.adapter = new ReactorHttpHandlerAdapter(handler);
  }

  /** Answers a request of which nothing but the header was read. */
  Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
    return adapter.apply(request, response);
  }

  /** Answers a request whose body was read. */
  Mono<Void> answer(HttpServerRequest request, HttpServerResponse response, byte[] body) {
    return answer(request, response, ReadRequest.body(body));
  }

  /** Answers a request whose body can't be read. */
  Mono<Void> unread(HttpServerRequest request, HttpServerResponse response, Throwable failure) {
    return answer(request, response, Flux.error(failure));
  }

  /** Answers a request that failed, as if its controller had been called and thrown that. */
  Mono<Void> failed(HttpServerRequest request, HttpServerResponse response, Throwable failure) {
    return answer(request, response, Flux.empty())
        .contextWrite(context -> context.put(Controllers.FAILURE, failure));
  }

  private Mono<Void> answer(
      HttpServerRequest request, HttpServerResponse response, Flux<DataBuffer> body) {
    HttpHandler again = (seen, answer) -> handler.handle(new ReadRequest(seen, body), answer);
    return new ReactorHttpHandlerAdapter(again).apply(request, response);
  }
}
