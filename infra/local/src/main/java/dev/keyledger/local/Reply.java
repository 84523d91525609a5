package dev.keyledger.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** One answer of the local platform's HTTP server. */
record Reply(int status, String contentType, String body) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static Reply json(Object value) {
    return new Reply(200, "application/json", JSON.writeValueAsString(value));
  }

  static Reply html(String page) {
    return new Reply(200, "text/html; charset=utf-8", page);
  }

  /** Problem details (RFC 9457, section 3). */
  static Reply problem(int status, String title, String detail) {
    return new Reply(
        status,
        "application/problem+json",
        JSON.writeValueAsString(
            Map.of("type", "about:blank", "title", title, "status", status, "detail", detail)));
  }

  void send(HttpExchange exchange) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", contentType);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'");
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
