package dev.keyledger.audit.remote;

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

/** A running query-side, asked as whoever the token is about. */
public final class RemoteQuerySide implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final long SHORTEST_PAUSE_MILLIS = 100;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final String base;
  private final String token;

  /** The query-side at that address, which may have a path of its own in front. */
  public RemoteQuerySide(URI base, String token) {
    this.base = base.toString().replaceFirst("/+$", "");
    this.token = token;
  }

  /**
   * Asks, without a body.
   *
   * @param patience how long the answer may take
   * @param about what is asked for, in words that end a sentence
   * @throws IOException if there was no answer, or a 5xx; the next time there may be one
   * @throws UncheckedLogException if the answer is a refusal, or makes no sense
   */
  JsonNode ask(String method, String path, Duration patience, String about)
      throws IOException, UncheckedLogException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + path))
              .header("Authorization", "Bearer " + token)
              .timeout(patience)
              .method(method, BodyPublishers.noBody())
              .build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        String answered =
            "query-side answered %d when it was asked for %s"
                .formatted(response.statusCode(), about);
        if (response.statusCode() >= 500) {
          throw new FailedException(answered, response);
        }
        throw new UncheckedLogException(answered);
      }
      return JSON.readTree(response.body());
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UncheckedLogException("query-side gave no answer of use: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedLogException("interrupted");
    }
  }

  /** The same, where it is now or not at all. */
  JsonNode askOnce(String method, String path, Duration patience, String about)
      throws UncheckedLogException {
    try {
      return ask(method, path, patience, about);
    } catch (FailedException e) {
      throw new UncheckedLogException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedLogException("query-side gave no answer: " + e);
    }
  }

  /**
   * The same, where it may be busy or a moment behind: it is asked again for as long as it says so.
   *
   * @param longest how long it may say so
   */
  JsonNode askUntilReady(String path, Duration patience, Duration longest, String about)
      throws UncheckedLogException {
    long end = System.nanoTime() + longest.toNanos();
    try {
      while (true) {
        try {
          return ask("GET", path, patience, about);
        } catch (FailedException e) {
          if (e.retryAfterSeconds < 0 || System.nanoTime() >= end) {
            throw new UncheckedLogException(String.valueOf(e.getMessage()));
          }
          long seconds = Math.min(e.retryAfterSeconds, longest.toSeconds());
          Thread.sleep(Math.max(SHORTEST_PAUSE_MILLIS, Duration.ofSeconds(seconds).toMillis()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedLogException("query-side gave no answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedLogException("interrupted");
    }
  }

  /** It answered that it can't answer. */
  private static final class FailedException extends IOException {
    private static final long serialVersionUID = 1;

    /** Negative where it did not say that it soon can (RFC 9110, section 10.2.3). */
    private final long retryAfterSeconds;

    FailedException(String message, HttpResponse<?> response) {
      super(message);
      retryAfterSeconds =
          response
              .headers()
              .firstValue("Retry-After")
              .filter(value -> value.matches("[0-9]{1,9}"))
              .map(Long::parseLong)
              .orElse(-1L);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
