package dev.keyledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.events.Topics;
import dev.keyledger.local.LocalKafka;
import dev.keyledger.local.Ports;
import dev.keyledger.signatures.SignedRequest;
import dev.keyledger.testkit.TestPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes as processes of their own, over one database and one topic. */
class TwoNodesIT {
  private static final TestPlatform PLATFORM = TestPlatform.get();
  private static final int NONCES = 40;
  private static final String REUSED = "nonce-reused";
  private static final String VALID = "\"valid\":true";

  @TempDir private Path folder;

  @Test
  void aNonceThatBothAreAskedForAtOnceIsGoodOnce() throws Exception {
    TestKey key = TestKey.hmac();
    String account = PLATFORM.freshName("acct");
    String database = PLATFORM.freshMongoDatabase();
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"), 0);
        TestTopic topic = TestTopic.create(kafka.bootstrapServers(), Topics.EVENTS, 4);
        Node one = new Node("one", kafka, database);
        Node two = new Node("two", kafka, database);
        ExecutorService racers = Executors.newFixedThreadPool(4)) {
      topic.send(1, key.created(account));
      one.awaitReady();
      two.awaitReady();
      int decided = 0;
      for (int n = 0; n < NONCES; n++) {
        SignedRequest request = key.sign(Instant.now(), "n" + n);
        Callable<String> atOne = () -> one.verify(request);
        Callable<String> atTwo = () -> two.verify(request);
        List<String> verdicts = new ArrayList<>();
        for (Future<String> answer : racers.invokeAll(List.of(atOne, atTwo, atOne, atTwo))) {
          // A machine that is busy may make a node say 503, which is no verdict.
          if (answer.get().contains("\"valid\":")) {
            verdicts.add(answer.get());
          }
        }
        long valid = verdicts.stream().filter(verdict -> verdict.contains(VALID)).count();
        long reused = verdicts.stream().filter(verdict -> verdict.contains(REUSED)).count();
        assertThat(valid).as("%s", verdicts).isLessThanOrEqualTo(1);
        assertThat(valid + reused).as("%s", verdicts).isEqualTo(verdicts.size());
        if (verdicts.size() == 4) {
          assertThat(valid).as("%s", verdicts).isEqualTo(1);
          decided++;
        }
      }
      assertThat(decided).isGreaterThan(NONCES / 2);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> one.page("/actuator/health/readiness").contains("\"otherNodes\":1"));
    }
  }

  /** The service as a child of this process. */
  private final class Node implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final Process process;

    Node(String name, LocalKafka kafka, String database) throws IOException {
      int port = Ports.free();
      url = "http://127.0.0.1:" + port;
      Map<String, String> settings = new HashMap<>(PLATFORM.querySideProperties());
      settings.put("server.port", Integer.toString(port));
      settings.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
      settings.put("spring.mongodb.uri", database);
      settings.put("keyledger.node-id", name);
      settings.put("keyledger.verification.replay-guard", "shared");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-cp"));
      command.add(
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
      command.add(QuerySideApplication.class.getName());
      settings.forEach((setting, value) -> command.add("--" + setting + "=" + value));
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(name + ".log").toFile())
              .start();
    }

    void awaitReady() {
      await()
          .atMost(Duration.ofMinutes(3))
          .ignoreExceptions()
          .until(() -> page("/actuator/health/readiness").contains("\"status\":\"UP\""));
    }

    String verify(SignedRequest request) throws Exception {
      return ask(
          HttpRequest.newBuilder(URI.create(url + "/v1/verifications"))
              .header("Authorization", "Bearer " + PLATFORM.token("gateway", null, "keys:verify"))
              .header("Content-Type", "application/json")
              .header("Keyledger-Min-Position", "1")
              .POST(BodyPublishers.ofString(TestBody.of("trade", "203.0.113.7", request))));
    }

    String page(String path) throws Exception {
      return ask(HttpRequest.newBuilder(URI.create(url + path)));
    }

    private String ask(HttpRequest.Builder request) throws Exception {
      return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString())
          .body();
    }

    @Override
    public void close() throws IOException {
      process.destroy();
      try {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException _) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
      http.close();
    }
  }
}
