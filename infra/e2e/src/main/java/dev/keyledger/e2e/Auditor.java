package dev.keyledger.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.audit.KeyledgerAudit;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.LogEntry;
import dev.keyledger.tlog.LogProof;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.SignedNote;
import dev.keyledger.tlog.UnverifiedException;
import dev.keyledger.tlog.VerifierKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Somebody who may read all of the log, and takes nothing on trust but its verifier key. */
public final class Auditor {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Endpoints endpoints;
  private final Http http;
  private final String token;
  private final String verifierKey;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * Signs in with the scope that auditors have.
   *
   * @param verifierKey of the log, {@code name+id+key}
   * @param http for the questions
   * @param quiet for the token
   */
  public Auditor(Endpoints endpoints, String verifierKey, Http http, Http quiet) {
    this.endpoints = endpoints;
    this.http = http;
    this.verifierKey = verifierKey;
    this.token =
        quiet
            .call(
                "POST",
                endpoints.local() + "/dev/token",
                Map.of("sub", "auditor", "scope", "audit:read"),
                Map.of())
            .expect(200)
            .body()
            .path("access_token")
            .asString();
  }

  /** A token with the scope {@code audit:read}. */
  public String token() {
    return token;
  }

  /** The newest signed note about the log, which anybody may have. */
  public String checkpoint() {
    return text(HttpRequest.newBuilder(URI.create(endpoints.query() + "/v1/audit/log/checkpoint")));
  }

  /** Asks about a key ring, and what a key could do. */
  public Answer state(String account, long position, String publicApiKey) {
    return http.call(
        "GET",
        "%s/v1/audit/accounts/%s/state?at=position:%s&publicApiKey=%s"
            .formatted(endpoints.query(), account, Long.toString(position), publicApiKey),
        null,
        Map.of("Authorization", "Bearer " + token));
  }

  /**
   * What a receipt proves: the event that it is about.
   *
   * @throws IllegalStateException if it proves nothing
   */
  public Proven prove(JsonNode receipt) {
    try {
      byte[] entry = Base64.getDecoder().decode(receipt.path("entry").asString());
      List<Hash> inclusion = new ArrayList<>();
      for (JsonNode hash : receipt.path("inclusionProof")) {
        inclusion.add(Hash.parse(hash.asString()));
      }
      SignedNote note = SignedNote.parse(receipt.path("checkpoint").asString().getBytes(UTF_8));
      long index = receipt.path("logIndex").asLong();
      Checkpoint signed =
          new LogProof(index, inclusion, note)
              .verify(Hash.ofLeaf(entry), VerifierKey.parse(verifierKey));
      String event = new String(LogEntry.decode(entry).value(), UTF_8);
      return new Proven(index, signed.size(), inclusion.size(), event);
    } catch (MalformedException | UnverifiedException e) {
      throw new IllegalStateException("The receipt proves nothing: " + e.getMessage(), e);
    }
  }

  /**
   * An event that is in the log.
   *
   * @param treeSize number of events in the tree that was signed
   * @param hashes that the proof took
   * @param event in JSON
   */
  public record Proven(long logIndex, long treeSize, int hashes, String event) {}

  /** The first event of the live stream after that index: its id and its data. */
  public List<String> nextOfStream(long after) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoints.query() + "/v1/audit/stream"))
            .header("Authorization", "Bearer " + token)
            .header("Last-Event-ID", Long.toString(after))
            .timeout(PATIENCE)
            .build();
    HttpResponse<Stream<String>> response = send(request, BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      // The first block only names the place.
      return lines.dropWhile(line -> !line.isEmpty()).skip(1).limit(2).toList();
    }
  }

  /**
   * Runs {@code keyledger-audit} with that key against the broker.
   *
   * @param command and options besides
   * @return what it printed
   * @throws IllegalStateException if it found something, or could not check
   */
  public String audit(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--broker", endpoints.kafka(), "--verifier-key", verifierKey));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        KeyledgerAudit.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException("keyledger-audit says:\n" + out + err);
    }
    return out.toString();
  }

  private String text(HttpRequest.Builder request) {
    return send(request.timeout(PATIENCE).build(), BodyHandlers.ofString()).body();
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      HttpResponse<T> response = client.send(request, handler);
      if (response.statusCode() != 200) {
        throw new IllegalStateException("Expected 200, got " + response.statusCode());
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an answer.", e);
    }
  }
}
