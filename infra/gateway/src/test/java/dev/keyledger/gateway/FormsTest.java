package dev.keyledger.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.client.KeyledgerSigner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** What controllers behind the filter read of forms. */
class FormsTest {
  private static final KeyledgerSigner SIGNER =
      KeyledgerSigner.hmacSha256(FakeVerifier.KEY, FakeVerifier.SECRET);

  private final FakeVerifier verifier = FakeVerifier.start();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final DisposableServer server;

  FormsTest() {
    context.register(WebFlux.class, Orders.class);
    context.registerBean(
        KeyledgerFilter.class,
        () ->
            new KeyledgerFilter(
                GatewaySettings.of(verifier.uri()),
                request -> Optional.of(Permission.TRADE),
                () -> Mono.just("a-token")));
    context.refresh();
    server =
        HttpServer.create()
            .host("localhost")
            .port(0)
            .handle(
                new ReactorHttpHandlerAdapter(
                    WebHttpHandlerBuilder.applicationContext(context).build()))
            .bindNow();
  }

  @AfterEach
  void stop() {
    server.disposeNow(Duration.ofSeconds(5));
    context.close();
    verifier.close();
  }

  @Test
  void theFieldsOfAFormAreThere() throws Exception {
    assertThat(post("application/x-www-form-urlencoded", "symbol=BTC&note=caf%C3%A9+%26+more"))
        .isEqualTo("BTC: café & more");
  }

  @Test
  void thePartsOfAFormAreThere() throws Exception {
    String body =
        """
        --b
        Content-Disposition: form-data; name="symbol"

        BTC
        --b
        Content-Disposition: form-data; name="file"; filename="note.txt"
        Content-Type: text/plain

        %s
        --b--
        """
            .formatted("x".repeat(20_000))
            .replace("\n", "\r\n");

    assertThat(post("multipart/form-data; boundary=b", body))
        .isEqualTo("BTC: note.txt " + "x".repeat(20_000));
  }

  @Test
  void whatIsNoFormHasNeitherFieldsNorParts() throws Exception {
    assertThat(post("text/plain", "symbol=BTC")).isEqualTo("{} {}");
  }

  private String post(String contentType, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/v1/orders"))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(SIGNER.sign(request), BodyHandlers.ofString()).body();
    }
  }

  /** What Spring Boot sets up by itself. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebFlux
  static class WebFlux {}

  /** An order. */
  record Order(String symbol, String note) {}

  /** Takes orders in each way, and repeats them. */
  @RestController
  static class Orders {

    @PostMapping(path = "/v1/orders", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<String> fields(@ModelAttribute Order order) {
      return Mono.just(order.symbol() + ": " + order.note());
    }

    @PostMapping(path = "/v1/orders", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<String> parts(@RequestPart("symbol") String symbol, @RequestPart("file") FilePart file) {
      return DataBufferUtils.join(file.content())
          .map(content -> content.toString(StandardCharsets.UTF_8))
          .map(content -> symbol + ": " + file.filename() + " " + content);
    }

    @PostMapping(path = "/v1/orders", consumes = MediaType.TEXT_PLAIN_VALUE)
    Mono<String> neither(ServerWebExchange exchange) {
      return exchange
          .getFormData()
          .zipWith(exchange.getMultipartData(), (fields, parts) -> fields + " " + parts);
    }
  }
}
