package dev.keyledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.remote.RemoteQuerySide;
import dev.keyledger.audit.remote.RemoteStateHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How query-side is asked for its state hash. */
class RemoteStateHashTest {
  private final List<String> asked = new ArrayList<>();
  private boolean saysWhenAgain = true;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void oneThatIsAMomentBehindIsAskedAgain() throws Exception {
    try (RemoteQuerySide querySide = querySide()) {
      assertThat(new RemoteStateHash(querySide).stateHash(7)).isEqualTo("abc");
    }
    assertThat(asked)
        .containsExactly(
            "/keyledger/v1/audit/state-hash?at=7", "/keyledger/v1/audit/state-hash?at=7");
  }

  @Test
  void oneThatDoesNotSayWhenIsNot() {
    saysWhenAgain = false;
    try (RemoteQuerySide querySide = querySide()) {
      assertThatThrownBy(() -> new RemoteStateHash(querySide).stateHash(7))
          .isInstanceOf(UncheckedLogException.class)
          .hasMessageContaining("503");
    }
    assertThat(asked).hasSize(1);
  }

  /** Behind a proxy that gives it a path of its own. */
  private RemoteQuerySide querySide() {
    return new RemoteQuerySide(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keyledger/"), "t0ken");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestURI().toString());
      boolean ready = asked.size() > 1;
      if (!ready && saysWhenAgain) {
        exchange.getResponseHeaders().set("Retry-After", "0");
      }
      byte[] body = "{\"stateHash\":\"abc\"}".getBytes(UTF_8);
      exchange.sendResponseHeaders(ready ? 200 : 503, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
