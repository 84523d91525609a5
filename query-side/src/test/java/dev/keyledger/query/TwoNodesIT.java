package dev.keyledger.query;

import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Two nodes as processes of their own, over one database and one topic. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesIT {
  private static final TestPlatform PLATFORM = TestPlatform.get();
  private static final int NONCES = 40;
  private static final String REUSED = "nonce-reused";
  private static final String VALID = "\"valid\":true";

  @TempDir private static Path folder;

  private static final String DATABASE = PLATFORM.freshMongoDatabase();
  private static LocalKafka kafka;
  private static TestTopic topic;
  private static Node one;
  private static Node two;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(folder.resolve("kafka"), 0);
    topic = TestTopic.create(kafka.bootstrapServers(), Topics.EVENTS, 4);
    one = new Node("one");
    two = new Node("two");
  }

  @AfterAll
  static void stop() throws IOException {
    two.close();
    one.close();
    topic.close();
    kafka.close();
  }

  @Test
  @Order(1)
  void aNonceThatBothAreAskedForAtOnceIsGoodOnce() throws Exception {
    TestKey key = TestKey.hmac();
    String account = PLATFORM.freshName("acct");
    try (ExecutorService racers = Executors.newFixedThreadPool(4)) {
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

  /** The views are built anew while they are changed and read, and the builder is killed. */
  @Test
  @Order(2)
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void viewsAreRebuiltWithoutAMissedAnswer() throws Exception {
    String alice = PLATFORM.freshName("acct");
    String damaged = PLATFORM.freshName("acct");
    topic.send(1, keyCreated(alice, "k1"));
    topic.send(1, keyCreated(damaged, "k1"), keyCreated(damaged, "k2"));
    one.awaitReady();
    assertThat(one.list(damaged, 2).statusCode()).isEqualTo(200);
    damage(damaged);
    assertThat(one.list(damaged, 2).body()).contains("k1").doesNotContain("k2");

    assertThat(two.rebuild("POST")).contains("\"state\":\"building\"", "\"generation\":1");
    long position = 1;
    long shown = 0;
    boolean killed = false;
    String state = "";
    while (!state.contains("\"state\":\"done\"")) {
      boolean created = ++position % 2 == 1;
      String key = "k" + (created ? position : position - 1);
      topic.send(position, created ? keyCreated(alice, key) : keyDeleted(alice, key));
      // Both nodes by turns, so that one must not be behind what the other has shown.
      for (Node node : killed ? List.of(one, one) : List.of(two, one, two)) {
        HttpResponse<String> answer = node.list(alice, 0);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(position(answer)).isGreaterThanOrEqualTo(shown);
        shown = position(answer);
      }
      HttpResponse<String> own = one.list(alice, position);
      assertThat(own.statusCode()).isEqualTo(200);
      assertThat(own.body().contains("\"" + key + "\"")).isEqualTo(created);
      shown = position(own);
      state = one.rebuild("GET");
      if (!killed && state.contains("\"state\":\"switching\"")) {
        two.kill();
        killed = true;
      }
    }

    assertThat(killed).isTrue();
    assertThat(one.list(damaged, 2).body()).contains("k1", "k2");
    assertThat(one.page("/actuator/prometheus"))
        .contains(
            "keyledger_rebuild_generation 1.0", "keyledger_rebuild_state{state=\"done\"} 1.0");
    two = new Node("two");
    two.awaitReady();
    assertThat(position(two.list(alice, 0))).isEqualTo(shown);
  }

  private static long position(HttpResponse<String> answer) {
    return answer.headers().firstValueAsLong("Keyledger-Position").orElseThrow();
  }

  /** The document of an account loses a key, and nobody notices. */
  private static void damage(String account) {
    ConnectionString uri = new ConnectionString(DATABASE);
    try (MongoClient client = MongoClients.create(uri)) {
      UpdateResult result =
          Mono.from(
                  client
                      .getDatabase(Objects.requireNonNull(uri.getDatabase()))
                      .getCollection("accounts_v2")
                      .updateOne(Filters.eq("_id", account), Updates.popLast("keys")))
              .block();
      assertThat(Objects.requireNonNull(result).getModifiedCount()).isEqualTo(1);
    }
  }

  /** The service as a child of this process. */
  private static final class Node implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final Process process;

    Node(String name) throws IOException {
      int port = Ports.free();
      url = "http://127.0.0.1:" + port;
      Map<String, String> settings = new HashMap<>(PLATFORM.querySideProperties());
      settings.put("server.port", Integer.toString(port));
      settings.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
      settings.put("spring.mongodb.uri", DATABASE);
      settings.put("keyledger.node-id", name);
      // A partition whose node was killed stands still until the others miss it.
      settings.put("keyledger.view.max-wait", "25s");
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

    /** An account's list, at a position at least. */
    HttpResponse<String> list(String account, long minPosition) throws Exception {
      return send(
          HttpRequest.newBuilder(URI.create(url + "/v1/keys"))
              .header("Authorization", "Bearer " + PLATFORM.token(account, null))
              .header("Keyledger-Min-Position", Long.toString(minPosition)));
    }

    String rebuild(String method) throws Exception {
      return ask(
          HttpRequest.newBuilder(URI.create(url + "/actuator/rebuild"))
              .header("Authorization", "Bearer " + PLATFORM.token("operator", null, "ops:rebuild"))
              .method(method, BodyPublishers.noBody()));
    }

    private String ask(HttpRequest.Builder request) throws Exception {
      return send(request).body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
      return http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }

    /** Without a word of farewell. */
    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
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
