package dev.keyledger.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a node tells those who run it. */
@ExtendWith(SharedNode.class)
class ObservabilityIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final List<String> FOLLOWERS = List.of("log", "relay", "mail");

  private final TestNode node;

  ObservabilityIT(TestNode node) {
    this.node = node;
  }

  @Test
  void commandsAreCountedByTypeAndOutcome() throws Exception {
    double made = metric("keyledger_commands_seconds_count", "VerifyCode", "done");
    double taken = metric("keyledger_commands_seconds_count", "CreateKey", "label-taken");

    Holder holder = node.holder();
    holder.make("Bot1x");
    holder.send(holder.createKey("Bot1x"));

    assertThat(metric("keyledger_commands_seconds_count", "VerifyCode", "done"))
        .isEqualTo(made + 1);
    assertThat(metric("keyledger_commands_seconds_count", "CreateKey", "label-taken"))
        .isEqualTo(taken + 1);
  }

  @Test
  void mailsAreCountedAndLagsAreShownAndGoDown() throws Exception {
    double sent = metric("keyledger_mails_total", "sent");
    node.holder().make("Bot1x");

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(metric("keyledger_mails_total", "sent")).isGreaterThan(sent);
          assertThat(metric("keyledger_mails_pending")).isZero();
          for (String follower : FOLLOWERS) {
            assertThat(lag(follower)).as(follower).isZero();
          }
        });
  }

  @Test
  void aFollowerThatCanNotGoOnIsSeenToFallBehind() throws Exception {
    TransactionTemplate transaction =
        new TransactionTemplate(node.get(PlatformTransactionManager.class));
    transaction.executeWithoutResult(_ -> {
      // Whatever calls for a mail is noted there; reading goes on.
      node.jdbc().sql("LOCK TABLE mail IN EXCLUSIVE MODE").update();
      CompletableFuture.runAsync(
              () -> {
                Holder holder = node.holder();
                holder.send(holder.createKey("Bot1x"));
              })
          .join();

      await()
          .atMost(SOON)
          .untilAsserted(() -> {
            assertThat(lag("mail")).isPositive();
            assertThat(lag("relay")).isZero();
          });
    });

    await().atMost(SOON).untilAsserted(() -> assertThat(lag("mail")).isZero());
  }

  @Test
  void readinessIsAboutTheDatabaseAndLivenessAboutTheProcess() throws Exception {
    HealthEndpointGroups groups = node.get(HealthEndpointGroups.class);

    assertThat(groups.get("readiness"))
        .matches(group -> group.isMember("db"))
        .matches(group -> !group.isMember("mail"))
        .matches(group -> !group.isMember("kafka"));
    assertThat(groups.get("liveness"))
        .matches(group -> group.isMember("livenessState"))
        .matches(group -> !group.isMember("db"));
    assertThat(get("/actuator/health/readiness").body()).contains("UP");
    assertThat(get("/actuator/health/liveness").body()).contains("UP");
  }

  @Test
  void neitherNamesNorAddressesAreInTheMetrics() throws Exception {
    Holder holder = node.holder();
    holder.make("Bot1x");

    assertThat(get("/actuator/prometheus").body())
        .contains("keyledger_commands")
        .doesNotContain(holder.accountId(), "@example.com", "Bot1x");
  }

  /** Events that a follower has yet to follow; fails where the metric is not there. */
  private double lag(String follower) throws Exception {
    String name = "keyledger_" + follower + "_lag_events";
    assertThat(get("/actuator/prometheus").body()).contains("\n" + name);
    return metric(name);
  }

  /** The sum of the samples that have all of these label values, 0 if there are none. */
  private double metric(String name, String... labels) throws Exception {
    return get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> Arrays.stream(labels).allMatch(l -> line.contains("\"" + l + "\"")))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private HttpResponse<String> get(String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
