package dev.keyledger.e2e;

import dev.keyledger.client.KeyledgerSigner;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The exchange's gateway: it is sent a signed request, and asks Keyledger about it. */
public final class Gateway {
  private static final URI ORDERS = URI.create("https://api.example.com/v1/orders");
  private static final String ORDER =
      "{\"symbol\":\"BTC-EUR\",\"side\":\"buy\",\"amount\":\"0.1\"}";

  private static final int UNAVAILABLE = 503;
  private static final int MOST_REPEATS = 100;

  private final String query;
  private final Http http;
  private final String token;

  /**
   * Signs in with the scope that gateways have.
   *
   * @param http for the questions
   * @param quiet for the token
   */
  public Gateway(Endpoints endpoints, Http http, Http quiet) {
    this(endpoints.query(), http, tokenOf(endpoints, quiet));
  }

  private Gateway(String query, Http http, String token) {
    this.query = query;
    this.http = http;
    this.token = token;
  }

  /** The same gateway, which asks another node. */
  public Gateway asking(String otherNode) {
    return new Gateway(otherNode, http, token);
  }

  /** An order, signed by the holder of a key. */
  public static HttpRequest order(KeyledgerSigner signer) {
    return signer.sign(
        HttpRequest.newBuilder(ORDERS)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(ORDER))
            .build());
  }

  /**
   * Asks whether a signed order may be carried out; once more after a moment, where the node can't
   * tell at present.
   *
   * @param position what the answering node must have seen of the key's account
   */
  public Answer ask(HttpRequest order, String permission, String sourceIp, long position) {
    Answer answer = question(order, permission, sourceIp, position);
    for (int again = 0; answer.status() == UNAVAILABLE && again < MOST_REPEATS; again++) {
      AccountHolder.pause();
      answer = question(order, permission, sourceIp, position);
    }
    return answer;
  }

  private Answer question(HttpRequest order, String permission, String sourceIp, long position) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("method", order.method());
    request.put("targetUri", order.uri().toString());
    request.put("headers", headers(order));
    request.put("body", Base64.getEncoder().encodeToString(ORDER.getBytes(StandardCharsets.UTF_8)));
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("permission", permission);
    question.put("sourceIp", sourceIp);
    question.put("request", request);
    return http.call(
        "POST",
        query + "/v1/verifications",
        question,
        Map.of(
            "Authorization", "Bearer " + token, "Keyledger-Min-Position", Long.toString(position)));
  }

  private static Map<String, Object> headers(HttpRequest request) {
    Map<String, Object> headers = new LinkedHashMap<>();
    request
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name, values.size() == 1 ? one(values) : values));
    return headers;
  }

  private static String one(List<String> values) {
    return values.getFirst();
  }

  private static String tokenOf(Endpoints endpoints, Http quiet) {
    return quiet
        .call(
            "POST",
            endpoints.local() + "/dev/token",
            Map.of("sub", "gateway", "scope", "keys:verify"),
            Map.of())
        .expect(200)
        .body()
        .path("access_token")
        .asString();
  }
}
