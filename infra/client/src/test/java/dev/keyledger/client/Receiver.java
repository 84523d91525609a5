package dev.keyledger.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.keyledger.signatures.SignedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that notes what arrives, put together as a gateway would. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final BlockingQueue<SignedRequest> received = new LinkedBlockingQueue<>();

  private Receiver(HttpServer server) {
    this.server = server;
  }

  static Receiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Receiver receiver = new Receiver(server);
    server.createContext("/", receiver::receive);
    server.start();
    return receiver;
  }

  URI uri(String target) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + target);
  }

  SignedRequest received() throws InterruptedException {
    return Objects.requireNonNull(received.poll(10, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String host = exchange.getRequestHeaders().getFirst("Host");
    received.add(
        new SignedRequest(
            exchange.getRequestMethod(),
            URI.create("http://" + host + exchange.getRequestURI()),
            exchange.getRequestHeaders(),
            body));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }
}
