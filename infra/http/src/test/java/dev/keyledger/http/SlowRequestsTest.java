package dev.keyledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

class SlowRequestsTest {

  @Test
  void watchesEveryConnectionOnBothSidesOfTheCodec() throws Exception {
    CompletableFuture<List<String>> handlers = new CompletableFuture<>();
    DisposableServer server =
        new SlowRequests()
            .apply(HttpServer.create().host("localhost").port(0))
            .doOnChannelInit((_, channel, _) ->
                handlers.complete(
                    channel.pipeline().toMap().entrySet().stream()
                        .map(SlowRequestsTest::nameOf)
                        .toList()))
            .bindNow();
    try (Socket _ = new Socket(InetAddress.getByName("localhost"), server.port())) {
      assertThat(handlers.get(10, TimeUnit.SECONDS))
          .containsSequence("Bytes", NettyPipeline.HttpCodec, "Messages");
    } finally {
      server.disposeNow();
    }
  }

  private static String nameOf(Map.Entry<String, ChannelHandler> handler) {
    Class<?> type = handler.getValue().getClass();
    return type.getNestHost() == RequestDeadline.class ? type.getSimpleName() : handler.getKey();
  }
}
