package dev.keyledger.http;

import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Hangs up on who takes too long to send a request, so that connections can't be hoarded. Reactor
 * Netty's own request timeout is not used: where a request is answered before its end was read, the
 * timer goes on, and holds all of the request until it runs out.
 */
final class SlowRequests implements NettyServerCustomizer {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  public HttpServer apply(HttpServer server) {
    return server.doOnChannelInit((_, channel, _) ->
        RequestDeadline.add(channel.pipeline(), NettyPipeline.HttpCodec, PATIENCE));
  }
}
