package dev.keyledger.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.signatures.SignedRequest;
import dev.keyledger.testkit.TestPlatform;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.RequestHeadersSpec;

/** The whole service in this JVM, on a port of its own. */
final class RunningQuerySide implements AutoCloseable {
  private final ConfigurableApplicationContext service;
  private final WebTestClient http;

  private RunningQuerySide(ConfigurableApplicationContext service) {
    this.service = service;
    this.http =
        WebTestClient.bindToServer()
            .baseUrl(
                "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port"))
            .responseTimeout(Duration.ofSeconds(60))
            .build();
  }

  /** Starts it on the test platform. */
  static RunningQuerySide start(Map<String, String> changes) {
    Map<String, String> properties = new HashMap<>(TestPlatform.get().querySideProperties());
    properties.putAll(changes);
    return new RunningQuerySide(
        new SpringApplicationBuilder(QuerySideApplication.class)
            .run(
                properties.entrySet().stream()
                    .map(property -> "--" + property.getKey() + "=" + property.getValue())
                    .toArray(String[]::new)));
  }

  /** Asks as an account, for a position at least. */
  RequestHeadersSpec<?> ask(String account, String path, long minPosition) {
    return http.get()
        .uri(path)
        .headers(headers -> headers.setBearerAuth(TestPlatform.get().token(account, null)))
        .header("Keyledger-Min-Position", Long.toString(minPosition));
  }

  /** What a gateway is told of a request that wants to trade, for a position at least. */
  String verify(SignedRequest request, long minPosition) {
    byte[] body =
        http.post()
            .uri("/v1/verifications")
            .headers(headers ->
                headers.setBearerAuth(TestPlatform.get().token("gateway", null, "keys:verify")))
            .header("Keyledger-Min-Position", Long.toString(minPosition))
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue(TestBody.of("trade", "203.0.113.7", request))
            .exchange()
            .expectBody()
            .returnResult()
            .getResponseBody();
    return body == null ? "" : new String(body, UTF_8);
  }

  /** The list of an account's keys. */
  String list(String account) {
    byte[] body =
        ask(account, "/v1/keys", 0).exchange().expectBody().returnResult().getResponseBody();
    return body == null ? "" : new String(body, UTF_8);
  }

  /** The status that a probe or another open page answers with. */
  int status(String path) {
    return http.get().uri(path).exchange().returnResult(byte[].class).getStatus().value();
  }

  /** What an open page says. */
  String page(String path) {
    byte[] body = http.get().uri(path).exchange().expectBody().returnResult().getResponseBody();
    return body == null ? "" : new String(body, UTF_8);
  }

  /** Asks as somebody with a scope. */
  RequestHeadersSpec<?> ask(String caller, String scope, String path) {
    return http.get()
        .uri(path)
        .headers(headers -> headers.setBearerAuth(TestPlatform.get().token(caller, null, scope)));
  }

  @Override
  public void close() {
    service.close();
  }
}
