package dev.keyledger.http;

import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.server.HttpServer;

/** Hangs up on who takes too long to send a request, so that connections can't be hoarded. */
final class SlowRequests implements NettyServerCustomizer {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  public HttpServer apply(HttpServer server) {
    return server.requestTimeout(PATIENCE);
  }
}
