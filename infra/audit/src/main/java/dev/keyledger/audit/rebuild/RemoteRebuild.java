package dev.keyledger.audit.rebuild;

import dev.keyledger.audit.log.UncheckedLogException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rebuild of a query-side's views: {@code /actuator/rebuild}. */
public final class RemoteRebuild implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final URI endpoint;
  private final String token;

  /**
   * How a rebuild is.
   *
   * @param state {@code building}, {@code stopped}, {@code switching}, {@code done}, {@code none}
   * @param generation number of the views that it makes
   * @param stoppedBy type of the event that it waits before; empty if it doesn't
   */
  public record State(
      String state, long generation, long eventsDone, long eventsTotal, String stoppedBy) {

    /** Whether these views, or later ones, are served. */
    public boolean serves(long wanted) {
      return state.equals("done") ? generation >= wanted : generation > wanted;
    }
  }

  /**
   * The rebuild at the query-side of that address.
   *
   * @param token with the scope {@code ops:rebuild}
   */
  public RemoteRebuild(URI base, String token) {
    this.endpoint = base.resolve("/actuator/rebuild");
    this.token = token;
  }

  /** Begins one, or finds the one that runs. */
  public State begin() throws UncheckedLogException {
    try {
      return ask("POST");
    } catch (IOException e) {
      throw new UncheckedLogException("query-side gave no answer: " + e);
    }
  }

  /**
   * How it is now.
   *
   * @throws IOException if there was no answer this time; another node may go on with it
   */
  public State look() throws IOException, UncheckedLogException {
    return ask("GET");
  }

  private State ask(String method) throws IOException, UncheckedLogException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint)
              .header("Authorization", "Bearer " + token)
              .timeout(PATIENCE)
              .method(method, BodyPublishers.noBody())
              .build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 500) {
        throw new IOException("query-side answered " + response.statusCode());
      }
      if (response.statusCode() / 100 != 2) {
        throw new UncheckedLogException(
            "query-side answered %d when it was asked for its rebuild"
                .formatted(response.statusCode()));
      }
      JsonNode answer = JSON.readTree(response.body());
      return new State(
          answer.path("state").asString(),
          answer.path("generation").asLong(),
          answer.path("eventsDone").asLong(),
          answer.path("eventsTotal").asLong(),
          answer.path("stoppedBy").asString(""));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UncheckedLogException("query-side gave no answer of use: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedLogException("interrupted");
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
