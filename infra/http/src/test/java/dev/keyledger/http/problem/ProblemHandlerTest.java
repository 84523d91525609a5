package dev.keyledger.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.HttpTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@ExtendWith(OutputCaptureExtension.class)
class ProblemHandlerTest extends HttpTest {

  private ResponseSpec post(String body) {
    return alice
        .post()
        .uri("/v1/things")
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body)
        .exchange();
  }

  @Test
  void takesWhatIsOfTheDocumentedForm() {
    post("{\"name\":\"n\",\"count\":1,\"big\":true,\"parts\":[\"a\"]}")
        .expectStatus()
        .isOk()
        .expectBody()
        .json("{\"name\":\"n\",\"count\":1,\"big\":true,\"parts\":[\"a\"]}");
  }

  @Test
  void doesNotInsistOnWhatIsOptional() {
    post("{\"name\":\"n\"}").expectStatus().isOk();
    post("{\"name\":\"n\",\"count\":null}").expectStatus().isOk();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":",
        "{\"name\":\"sesame\"",
        "sesame",
        "[]",
        "\"sesame\"",
        "null",
        " ",
        "{\"count\":1}",
        "{\"name\":null}",
        "{\"name\":\"n\",\"sesame\":true}",
        "{\"name\":7}",
        "{\"name\":7.5}",
        "{\"name\":true}",
        "{\"name\":[\"n\"]}",
        "{\"name\":{\"sesame\":1}}",
        "{\"name\":\"n\",\"count\":\"1\"}",
        "{\"name\":\"n\",\"count\":\"\"}",
        "{\"name\":\"n\",\"count\":1.5}",
        "{\"name\":\"n\",\"count\":true}",
        "{\"name\":\"n\",\"count\":99999999999}",
        "{\"name\":\"n\",\"count\":1111111111111111111111111111111111111111111}",
        "{\"name\":\"n\",\"big\":\"true\"}",
        "{\"name\":\"n\",\"big\":1}",
        "{\"name\":\"n\",\"parts\":\"sesame\"}",
        "{\"name\":\"n\",\"parts\":{}}",
        "{\"name\":\"n\",\"parts\":[null]}",
        "{\"name\":\"n\",\"parts\":[1]}",
        "{\"name\":\"n\",\"inner\":\"\"}",
        "{\"name\":\"n\",\"inner\":[]}",
        "{\"name\":\"n\",\"inner\":{\"sesame\":1}}",
        "{\"name\":\"n\",\"name\":\"sesame\"}",
        "{\"name\":\"n\"} sesame",
        "{\"name\":\"n\"}{\"name\":\"sesame\"}",
        "{\"name\":'sesame'}",
        "{\"name\":\"n\",}",
        "{\"name\":\"n\" /* sesame */}",
        "{\"name\":\"\uD800\"",
        "{\"x\":[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]}"
      })
  void refusesEverythingElseWithoutQuotingIt(String body, CapturedOutput output) {
    expectProblem(post(body), ProblemType.MALFORMED_REQUEST)
        .jsonPath("$.detail")
        .value(
            String.class, detail -> assertThat(detail).doesNotContain("sesame", "dev.keyledger"));
    assertThat(output).doesNotContain("sesame").doesNotContain("ERROR");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] body = {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};
    ResponseSpec answer =
        alice
            .post()
            .uri("/v1/things")
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue(body)
            .exchange();
    expectProblem(answer, ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void namesTheKnownFieldsAndThePlace() {
    expectProblem(post("{\"name\":\"n\",\n \"sesame\":true}"), ProblemType.MALFORMED_REQUEST)
        .jsonPath("$.detail")
        .isEqualTo(
            "There is a field that this call doesn't know (line 2, column 16)."
                + " It takes: big, count, inner, name, parts.");
  }

  @Test
  void missesTheBody() {
    expectProblem(
        alice.post().uri("/v1/things").contentType(MediaType.APPLICATION_JSON).exchange(),
        ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void refusesOtherMediaTypes() {
    expectProblem(
        alice
            .post()
            .uri("/v1/things")
            .contentType(MediaType.TEXT_PLAIN)
            .bodyValue("sesame")
            .exchange(),
        ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void refusesWhatIsNoMediaType() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/v1/things"))
            .header(HttpHeaders.AUTHORIZATION, "Bearer " + ISSUER.token("alice"))
            .header(HttpHeaders.CONTENT_TYPE, "sesame")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, BodyHandlers.ofString()).body())
          .contains("\"code\":\"unsupported-media-type\"");
    }
  }

  @Test
  void answersInJsonOnly() {
    expectProblem(
        alice.get().uri("/v1/things").accept(MediaType.APPLICATION_PDF).exchange(),
        ProblemType.NOT_ACCEPTABLE);
    expectProblem(
        alice.get().uri("/v1/things").header(HttpHeaders.ACCEPT, "what?").exchange(),
        ProblemType.NOT_ACCEPTABLE);
  }

  @Test
  void explainsToThoseWhoDoNotAcceptExplanations() {
    expectProblem(
        alice.get().uri("/v1/things/refused").accept(MediaType.IMAGE_PNG).exchange(),
        ProblemType.CODE_COOLDOWN);
  }

  @Test
  void knowsItsMethods() {
    ResponseSpec answer = alice.delete().uri("/v1/things").exchange();
    answer
        .expectHeader()
        .value(HttpHeaders.ALLOW, allow -> assertThat(allow).contains("POST").contains("GET"));
    expectProblem(answer, ProblemType.METHOD_NOT_ALLOWED);
  }

  @Test
  void knowsItsPaths() {
    expectProblem(alice.get().uri("/v1/things/a/b").exchange(), ProblemType.NOT_FOUND);
  }

  @Test
  void showsExtensionsAndHeadersOfAProblem() {
    ResponseSpec answer = alice.get().uri("/v1/things/refused").exchange();
    answer.expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "42");
    expectProblem(answer, ProblemType.CODE_COOLDOWN).jsonPath("$.attemptsLeft").isEqualTo(3);
  }

  @Test
  void keepsTheInsideToItself(CapturedOutput output) {
    ResponseSpec answer = alice.get().uri("/v1/things/broken?q=sesame").exchange();
    expectProblem(answer, ProblemType.INTERNAL_ERROR)
        .consumeWith(result ->
            assertThat(new String(result.getResponseBodyContent(), StandardCharsets.UTF_8))
                .doesNotContain("hunter2", "Exception", "dev.keyledger", "trace"));
    assertThat(output.getOut().lines().filter(line -> line.contains("ERROR")))
        .singleElement()
        .asString()
        .contains("GET /v1/things/broken failed")
        .contains("\"traceId\"")
        .doesNotContain("sesame");
  }

  @Test
  void logsUnderTheTraceOfTheCaller(CapturedOutput output) {
    String traceId = "0af7651916cd43dd8448eb211c80319c";
    alice
        .get()
        .uri("/v1/things/broken")
        .header("traceparent", "00-" + traceId + "-b7ad6b7169203331-01")
        .exchange();
    assertThat(output).contains("\"traceId\":\"" + traceId + "\"");
  }

  @Test
  void rejectsPathsMadeToConfuse() {
    expectProblem(
        alice.get().uri(URI.create("http://localhost:" + port() + "/v1/things;x=1/")).exchange(),
        ProblemType.MALFORMED_REQUEST);
  }
}
