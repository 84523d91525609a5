package dev.keyledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import reactor.netty.http.server.HttpServer;

class SlowRequestsTest {

  @Test
  void limitsTheTimeForSendingARequest() {
    assertThat(new SlowRequests().apply(HttpServer.create()).configuration().requestTimeout())
        .isEqualTo(SlowRequests.PATIENCE);
  }
}
