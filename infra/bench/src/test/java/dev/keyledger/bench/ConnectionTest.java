package dev.keyledger.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The small HTTP client against a server that answers in several ways. */
class ConnectionTest {
  private static final String LONG = "0123456789".repeat(10_000);

  private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          clients.add(exchange.getRemoteAddress());
          byte[] sent = exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Keyledger-Position", "7");
          switch (exchange.getRequestURI().getPath()) {
            case "/chunks" -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write(LONG.getBytes(UTF_8));
            }
            case "/nothing" -> exchange.sendResponseHeaders(204, -1);
            case "/closes" -> {}
            default -> {
              exchange.sendResponseHeaders(200, sent.length);
              exchange.getResponseBody().write(sent);
            }
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsAnswersOfEveryShapeFromOneConnection() throws IOException {
    try (Connection connection = new Connection(server.getAddress().getPort())) {
      Answer echo = connection.exchange(Request.post("/echo", "a-token", "{\"a\":1}"));
      assertThat(echo.expect(200).json().get("a").asInt()).isEqualTo(1);
      assertThat(echo.position()).isEqualTo(7);
      Answer chunks = connection.exchange(Request.get("/chunks", ""));
      assertThat(new String(chunks.body(), UTF_8)).isEqualTo(LONG);
      Answer nothing = connection.exchange(Request.get("/nothing", "", 3));
      assertThat(nothing.expect(204).body()).isEmpty();
      assertThat(connection.exchange(Request.post("/echo", "", LONG)).body()).hasSize(100_000);
    }
    assertThat(clients).hasSize(1);
  }

  @Test
  void doesNotCountAnAnswerThatWasNotExpected() throws IOException {
    try (Connection connection = new Connection(server.getAddress().getPort())) {
      Answer nothing = connection.exchange(Request.get("/nothing", ""));
      assertThatIllegalStateException()
          .isThrownBy(() -> nothing.expect(200))
          .withMessageContaining("204");
    }
  }

  @Test
  void saysWhoDidNotAnswerWhatInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        Connection connection = new Connection(silent.getLocalPort(), 50)) {
      assertThatIOException()
          .isThrownBy(() -> connection.exchange(Request.post("/v1/keys?a=b", "a-token", "{}")))
          .withMessageContaining("Port " + silent.getLocalPort())
          .withMessageContaining("POST /v1/keys?a=b:")
          .withMessageNotContaining("a-token");
    }
  }

  @Test
  void saysWhoClosedTheConnection() throws IOException {
    int port = server.getAddress().getPort();
    try (Connection connection = new Connection(port)) {
      assertThatIOException()
          .isThrownBy(() -> connection.exchange(Request.get("/closes", "")))
          .withMessageContaining("Port " + port + " did not answer GET /closes");
    }
  }
}
