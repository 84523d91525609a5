package dev.keyledger.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

/** Stands in for a service: is ready at once, tells its environment, and dies when asked to. */
final class StubService {
  private StubService() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(System.getenv("SERVER_PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(System.getenv("SERVER_ADDRESS"), port), 0);
    server.createContext(
        "/actuator/health/readiness",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.createContext(
        "/environment/",
        exchange -> {
          String name = exchange.getRequestURI().getPath().substring("/environment/".length());
          byte[] value = String.valueOf(System.getenv(name)).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, value.length);
          exchange.getResponseBody().write(value);
          exchange.close();
        });
    server.createContext(
        "/die",
        exchange -> {
          System.out.println("The stub was told to die");
          Runtime.getRuntime().halt(3);
        });
    server.start();
  }
}
