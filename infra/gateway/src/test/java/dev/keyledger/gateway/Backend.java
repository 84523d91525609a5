package dev.keyledger.gateway;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A service behind the filter that notes what reaches it. */
public final class Backend implements AutoCloseable {
  private final DisposableServer server;
  private final BlockingQueue<Reached> reached = new LinkedBlockingQueue<>();

  private Backend(UnaryOperator<WebHttpHandlerBuilder> options) {
    this.server =
        HttpServer.create()
            .host("localhost")
            .port(0)
            .handle(
                new ReactorHttpHandlerAdapter(
                    options.apply(WebHttpHandlerBuilder.webHandler(this::handle)).build()))
            .bindNow();
  }

  public static Backend behind(KeyledgerFilter filter) {
    return new Backend(server -> server.filter(filter));
  }

  /** The same with {@code server.forward-headers-strategy=framework}. */
  public static Backend behindProxyAnd(KeyledgerFilter filter) {
    return new Backend(server ->
        server.forwardedHeaderTransformer(new ForwardedHeaderTransformer()).filter(filter));
  }

  public URI uri(String target) {
    return URI.create("http://localhost:" + server.port() + target);
  }

  public Reached request() {
    return Objects.requireNonNull(reached.poll(), "nothing came through");
  }

  public boolean wasReached() {
    return !reached.isEmpty();
  }

  @Override
  public void close() {
    server.disposeNow(Duration.ofSeconds(5));
  }

  private Mono<Void> handle(ServerWebExchange exchange) {
    return DataBufferUtils.join(exchange.getRequest().getBody())
        .map(buffer -> buffer.toString(StandardCharsets.UTF_8))
        .defaultIfEmpty("")
        .flatMap(body -> {
          reached.add(
              new Reached(
                  exchange.getRequest().getHeaders().toSingleValueMap(),
                  body,
                  ApiCaller.of(exchange).orElse(null)));
          exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
          return exchange.getResponse().setComplete();
        });
  }

  /** What reached the service. */
  public record Reached(Map<String, String> headers, String body, @Nullable ApiCaller caller) {

    public @Nullable String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(null);
    }
  }
}
