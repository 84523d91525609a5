package dev.keyledger.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** The local platform's face: tokens and the mail box, over HTTP on loopback. */
public final class LocalHttp implements AutoCloseable {
  private static final int LONGEST_BODY = 64 * 1024;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .withCoercionConfig(
              LogicalType.Textual,
              config -> {
                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .build();

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // else answers wait for 40 ms ACKs
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final LocalIssuer issuer;
  private final MailBox box;

  private LocalHttp(HttpServer server, ExecutorService threads, LocalIssuer issuer, MailBox box) {
    this.server = server;
    this.threads = threads;
    this.issuer = issuer;
    this.box = box;
  }

  /** Starts the server on a port of the loopback address. */
  public static LocalHttp start(int port, LocalIssuer issuer, MailBox box) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(Ports.loopback(), port), 0);
    var http = new LocalHttp(server, Executors.newVirtualThreadPerTaskExecutor(), issuer, box);
    server.setExecutor(http.threads);
    server.createContext("/", http::handle);
    server.start();
    return http;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Where the issuer's keys are, for a service's {@code jwk-set-uri}. */
  public String jwksUrl() {
    return "http://127.0.0.1:" + port() + LocalIssuer.JWKS_PATH;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (isLoopback(exchange.getRequestHeaders().getFirst("Host"))) {
        answer(exchange).send(exchange);
      } else {
        // A page on the web that points its own name here must not read mails (DNS rebinding).
        Reply.problem(403, "Forbidden", "Only asked as localhost does this server answer.")
            .send(exchange);
      }
    }
  }

  private Reply answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    return switch (path) {
      case "/" -> get(exchange, Reply.html(MailPage.help()));
      case LocalIssuer.JWKS_PATH -> get(exchange, Reply.json(issuer.jwks()));
      case "/.well-known/openid-configuration" -> get(exchange, Reply.json(issuer.configuration()));
      case "/dev/mail" -> get(exchange, mail(exchange));
      case "/dev/token" -> token(exchange);
      default -> Reply.problem(404, "Not Found", "Nothing is here; / says what is.");
    };
  }

  private static Reply get(HttpExchange exchange, Reply reply) {
    return switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> reply;
      default -> notAllowed(exchange, "GET, HEAD");
    };
  }

  private Reply token(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return notAllowed(exchange, "POST");
    }
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      return Reply.problem(413, "Content Too Large", "A body is at most 64 KiB.");
    }
    try {
      TokenRequest request = JSON.readValue(body, TokenRequest.class);
      if (request == null) {
        return badRequest("The body must be a JSON object {sub, email?, scope?}.");
      }
      return Reply.json(
          Map.of(
              "access_token", issuer.token(request),
              "token_type", "Bearer",
              "expires_in", LocalIssuer.LIFETIME.toSeconds()));
    } catch (JacksonException e) {
      return badRequest("The body must be a JSON object {sub, email?, scope?} of strings.");
    } catch (IllegalArgumentException e) {
      return badRequest(Objects.requireNonNull(e.getMessage()));
    }
  }

  private Reply mail(HttpExchange exchange) {
    String accept = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Accept"), "");
    boolean browser = accept.contains("text/html");
    String to;
    try {
      to = parameter(exchange.getRequestURI(), "to").orElse("");
    } catch (IllegalArgumentException e) {
      return badRequest("The query is not percent-encoded as it should be.");
    }
    if (to.isBlank()) {
      return browser
          ? Reply.html(MailPage.start(box.newest(100)))
          : badRequest("Say whose mail: /dev/mail?to=alice@example.com");
    }
    return browser ? Reply.html(MailPage.mails(to, box.to(to))) : Reply.json(box.to(to));
  }

  private static Optional<String> parameter(URI uri, String name) {
    String query = Objects.requireNonNullElse(uri.getRawQuery(), "");
    return Arrays.stream(query.split("&"))
        .filter(pair -> pair.startsWith(name + "="))
        // In an address a plus is a plus and never a space.
        .map(pair -> pair.substring(name.length() + 1).replace("+", "%2B"))
        .map(value -> URLDecoder.decode(value, UTF_8))
        .findFirst();
  }

  private static boolean isLoopback(@Nullable String host) {
    return host != null && host.matches("(?i)(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");
  }

  private static Reply badRequest(String detail) {
    return Reply.problem(400, "Bad Request", detail);
  }

  private static Reply notAllowed(HttpExchange exchange, String allowed) {
    exchange.getResponseHeaders().set("Allow", allowed);
    return Reply.problem(405, "Method Not Allowed", "Allowed here: " + allowed + ".");
  }
}
