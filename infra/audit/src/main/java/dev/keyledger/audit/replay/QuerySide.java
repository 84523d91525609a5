package dev.keyledger.audit.replay;

import dev.keyledger.audit.log.UncheckedLogException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks query-side for its state hash: {@code GET /v1/audit/state-hash?at=}. */
public final class QuerySide implements OtherSide, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final URI base;
  private final String token;

  /**
   * The query-side at that address.
   *
   * @param token with the scope {@code audit:read}
   */
  public QuerySide(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  @Override
  public String stateHash(long logIndex) throws UncheckedLogException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(base.resolve("/v1/audit/state-hash?at=" + logIndex))
              .header("Authorization", "Bearer " + token)
              .timeout(PATIENCE)
              .build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new UncheckedLogException(
            "query-side answered %d when it was asked for the state after index %d"
                .formatted(response.statusCode(), logIndex));
      }
      return JSON.readTree(response.body()).path("stateHash").asString();
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      throw new UncheckedLogException("query-side gave no answer: " + e);
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
