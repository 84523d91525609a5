package dev.keyledger.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** JSON over HTTP, with somebody who may watch each call. */
public final class Http {
  public static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Watcher watcher;

  /** Sees each call after it was made. */
  public interface Watcher {
    void called(String method, String url, @Nullable Object body, Answer answer);
  }

  public Http(Watcher watcher) {
    this.watcher = watcher;
  }

  /**
   * Makes a call.
   *
   * @param body written as JSON; null for none
   * @throws UncheckedIOException if there was no answer within 20 s
   */
  public Answer call(
      String method, String url, @Nullable Object body, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT);
    headers.forEach(request::header);
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      JsonNode json =
          response.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(response.body());
      Answer answer = new Answer(response.statusCode(), response.headers(), json);
      watcher.called(method, url, body, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an answer.", e);
    }
  }
}
