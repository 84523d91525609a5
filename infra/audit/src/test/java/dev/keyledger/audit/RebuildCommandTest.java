package dev.keyledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code rebuild} asks query-side, and what it makes of the answers. */
class RebuildCommandTest {
  private static final String BUILDING =
      "{\"state\":\"building\",\"generation\":2,\"eventsDone\":5,\"eventsTotal\":9}";
  private static final String DONE =
      "{\"state\":\"done\",\"generation\":2,\"eventsDone\":9,\"eventsTotal\":9}";

  @TempDir private Path folder;

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;

  private record Answer(int status, String body) {}

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
  void watchesUntilTheNewViewsAreServed() throws Exception {
    answers.add(new Answer(202, BUILDING));
    answers.add(new Answer(200, BUILDING));
    answers.add(new Answer(503, "{}")); // the node restarts, and another goes on
    answers.add(new Answer(200, DONE));

    Run run = rebuild();

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("from 9 events", "generation 2 is served");
    assertThat(asked)
        .containsExactly(
            "POST /actuator/rebuild Bearer t0ken",
            "GET /actuator/rebuild Bearer t0ken",
            "GET /actuator/rebuild Bearer t0ken",
            "GET /actuator/rebuild Bearer t0ken");
  }

  @Test
  void isDoneWhereTheNextRebuildRunsAlready() throws Exception {
    answers.add(new Answer(202, BUILDING));
    answers.add(new Answer(200, BUILDING.replace("\"generation\":2", "\"generation\":3")));

    assertThat(rebuild().status()).isZero();
  }

  @Test
  void saysWhatTheRebuildWaitsFor() throws Exception {
    answers.add(new Answer(202, BUILDING));
    answers.add(
        new Answer(200, BUILDING.replace("}", ",\"stoppedBy\":\"dev.keyledger.KeyLent.v1\"}")));

    Run run = rebuild("--json");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("\"result\":\"waits\"", "dev.keyledger.KeyLent.v1");
  }

  @Test
  void aRefusalIsNoRebuild() throws Exception {
    answers.add(new Answer(403, "{}"));

    Run run = rebuild();

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("403");
  }

  @Test
  void aRefusalIsJsonOnRequest() throws Exception {
    answers.add(new Answer(403, "{}"));

    Run run = rebuild("--json");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out())
        .isEqualToIgnoringNewLines(
            "{\"result\":\"unchecked\",\"finding\":\"query-side answered 403 when it was asked for its rebuild\"}");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void noAnswerIsNoRebuild() throws Exception {
    server.stop(0);

    assertThat(rebuild().status()).isEqualTo(2);
  }

  private Run rebuild(String... more) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
    List<String> arguments = new ArrayList<>(List.of("rebuild", "--query-side"));
    arguments.add("http://127.0.0.1:" + server.getAddress().getPort());
    arguments.addAll(List.of("--token-file", token.toString()));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(
          "%s %s %s"
              .formatted(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI(),
                  exchange.getRequestHeaders().getFirst("Authorization")));
      Answer answer = answers.remove();
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
