package dev.keyledger.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.problem.ProblemType;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;

class BodyLimitTest extends HttpTest {
  private static final int LIMIT = 64 * 1024;

  private static String thing(int bytes) {
    String frame = "{\"name\":\"\"}";
    return "{\"name\":\"" + "n".repeat(bytes - frame.length()) + "\"}";
  }

  private static ResponseSpec post(WebTestClient client, String path, int bytes) {
    return client
        .post()
        .uri(path)
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(thing(bytes))
        .exchange();
  }

  private ResponseSpec postChunked(String path, int bytes) {
    Flux<DataBuffer> halves =
        Flux.just(thing(bytes).substring(0, bytes / 2), thing(bytes).substring(bytes / 2))
            .map(half -> DefaultDataBufferFactory.sharedInstance.wrap(half.getBytes(US_ASCII)));
    return alice
        .post()
        .uri(path)
        .contentType(MediaType.APPLICATION_JSON)
        .body(BodyInserters.fromDataBuffers(halves))
        .exchange();
  }

  @Test
  void takes64KiB() {
    post(alice, "/v1/things", LIMIT).expectStatus().isOk();
    postChunked("/v1/things", LIMIT).expectStatus().isOk();
  }

  @Test
  void refusesOneByteMore() {
    expectProblem(post(alice, "/v1/things", LIMIT + 1), ProblemType.BODY_TOO_LARGE);
    expectProblem(postChunked("/v1/things", LIMIT + 1), ProblemType.BODY_TOO_LARGE);
  }

  @Test
  void refusesWhereNobodyReadsTheBody() {
    post(alice, "/v1/things/bodiless", LIMIT).expectStatus().isOk();
    expectProblem(post(alice, "/v1/things/bodiless", LIMIT + 1), ProblemType.BODY_TOO_LARGE);
    postChunked("/v1/things/bodiless", LIMIT).expectStatus().isOk();
    expectProblem(postChunked("/v1/things/bodiless", LIMIT + 1), ProblemType.BODY_TOO_LARGE);
  }

  @Test
  void tellsAStrangerToAuthenticateFirst() {
    expectProblem(post(stranger, "/v1/things", LIMIT + 1), ProblemType.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, 4 * 1024 * 1024})
  void answersClientsThatSendAllBeforeTheyRead(int bytes) throws IOException {
    try (Socket socket = new Socket("localhost", port())) {
      socket.setSoTimeout(10_000);
      String head =
          """
          POST /v1/things HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          Content-Type: application/json\r
          Content-Length: %d\r
          \r
          """
              .formatted(ISSUER.token("alice"), bytes);
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      socket.getOutputStream().write(thing(bytes).getBytes(US_ASCII));
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, US_ASCII)).isEqualTo("HTTP/1.1 413");
    }
  }
}
