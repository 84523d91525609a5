package dev.keyledger.e2e;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Somebody who runs Keyledger. */
public final class Operator {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String rebuild;
  private final Http http;
  private final Http quiet;
  private final String token;

  /**
   * Signs in with the scope that operators have.
   *
   * @param http for what the operator does
   * @param quiet for the token, and for looking how far it is
   */
  public Operator(Endpoints endpoints, Http http, Http quiet) {
    this.rebuild = endpoints.query() + "/actuator/rebuild";
    this.http = http;
    this.quiet = quiet;
    this.token =
        quiet
            .call(
                "POST",
                endpoints.local() + "/dev/token",
                Map.of("sub", "operator", "scope", "ops:rebuild"),
                Map.of())
            .expect(200)
            .body()
            .path("access_token")
            .asString();
  }

  /** Has the views built anew. */
  public Answer rebuild() {
    return call(http, "POST");
  }

  /**
   * Waits until the views that a rebuild makes are served.
   *
   * @param begun what the rebuild was answered with
   * @param watcher is told some ten times a second how it is, for the last time when it is done
   * @throws IllegalStateException if it takes longer than 60 s
   */
  public void watch(JsonNode begun, Consumer<JsonNode> watcher) {
    long began = System.nanoTime();
    JsonNode now = begun;
    while (!isServed(now, begun.path("generation").asLong())) {
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        throw new IllegalStateException("The rebuild takes too long: " + now);
      }
      AccountHolder.pause();
      now = call(quiet, "GET").expect(200).body();
      watcher.accept(now);
    }
  }

  private static boolean isServed(JsonNode rebuild, long generation) {
    return rebuild.path("state").asString().equals("done")
        && rebuild.path("generation").asLong() >= generation;
  }

  private Answer call(Http by, String method) {
    return by.call(method, rebuild, null, Map.of("Authorization", "Bearer " + token));
  }
}
