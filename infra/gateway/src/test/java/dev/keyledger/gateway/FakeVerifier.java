package dev.keyledger.gateway;

import dev.keyledger.signatures.ContentDigests;
import dev.keyledger.signatures.ParsedSignature;
import dev.keyledger.signatures.SignedRequest;
import dev.keyledger.signatures.SignedRequests;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keyledger as far as a gateway sees it: checks a signature with one secret, or answers what a test
 * wants, and notes each question.
 */
public final class FakeVerifier implements AutoCloseable {
  public static final String KEY = "kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUDa";
  public static final String SECRET = "kl_sec_Xh8VCImisOa7raadEBAMMenbPDwf3BrId7SDFjsywXu1SQIhq";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DisposableServer server;
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private volatile Function<Asked, Said> answers = FakeVerifier::honest;

  private FakeVerifier() {
    this.server =
        HttpServer.create()
            .host("localhost")
            .port(0)
            .route(routes ->
                routes
                    .post("/v1/verifications", this::answer)
                    .post("/dev/token", FakeVerifier::token))
            .bindNow();
  }

  public static FakeVerifier start() {
    return new FakeVerifier();
  }

  public URI uri() {
    return URI.create("http://localhost:" + server.port());
  }

  /** Answers this from now on, whatever is asked. */
  public void says(int status, String body) {
    answers = question -> new Said(status, body);
  }

  /** Gives this reason from now on. */
  public void refuses(String reason) {
    says(200, "{\"valid\":false,\"reason\":\"" + reason + "\"}");
  }

  /** Never answers from now on. */
  public void keepsSilent() {
    answers = question -> new Said(0, "");
  }

  /** The next question; fails if there is none. */
  public Asked question() {
    return Objects.requireNonNull(asked.poll(), "nothing was asked");
  }

  public boolean wasAsked() {
    return !asked.isEmpty();
  }

  @Override
  public void close() {
    server.disposeNow(Duration.ofSeconds(5));
  }

  /** The verdict of one who has only the secret and the question, as Keyledger does. */
  private static Said honest(Asked asked) {
    Map<?, ?> request = (Map<?, ?>) asked.value("request");
    SignedRequest signed = signed(request);
    if (!(SignedRequests.parse(signed) instanceof ParsedSignature.Signature signature)) {
      return refusal("malformed-signature");
    }
    if (!signature.keyId().equals(KEY)) {
      return refusal("unknown-key");
    }
    if (!MessageDigest.isEqual(code(signature.base()), signature.signature())) {
      return refusal("signature-mismatch");
    }
    if (!ContentDigests.match(signed)) {
      return refusal("digest-mismatch");
    }
    if (!List.of("read", "trade").contains(asked.value("permission"))) {
      return refusal("permission-missing");
    }
    return new Said(
        200,
        """
        {"valid":true,"accountId":"alice","publicApiKey":"%s","label":"Bot 1",\
        "permissions":["read","trade"],"position":7,"fromTheFuture":{}}\
        """
            .formatted(KEY));
  }

  private static Said refusal(String reason) {
    return new Said(200, "{\"valid\":false,\"reason\":\"" + reason + "\"}");
  }

  @SuppressWarnings("unchecked")
  private static SignedRequest signed(Map<?, ?> request) {
    Object body = request.get("body");
    return new SignedRequest(
        (String) Objects.requireNonNull(request.get("method")),
        URI.create((String) Objects.requireNonNull(request.get("targetUri"))),
        (Map<String, List<String>>) Objects.requireNonNull(request.get("headers")),
        body == null ? new byte[0] : Base64.getDecoder().decode((String) body));
  }

  private static byte[] code(byte[] base) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return mac.doFinal(base);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
    return request
        .receive()
        .aggregate()
        .asString(StandardCharsets.UTF_8)
        .flatMap(body -> {
          Asked question =
              new Asked(
                  request.requestHeaders().get("Authorization"),
                  JSON.readValue(body, new TypeReference<Map<String, Object>>() {}));
          asked.add(question);
          Said said = answers.apply(question);
          return said.status == 0
              ? Mono.never()
              : response
                  .status(said.status)
                  .header("Content-Type", "application/json")
                  .sendString(Mono.just(said.body))
                  .then();
        });
  }

  private static Mono<Void> token(HttpServerRequest request, HttpServerResponse response) {
    return response
        .header("Content-Type", "application/json")
        .sendString(
            Mono.just("{\"access_token\":\"a-token\",\"token_type\":\"Bearer\",\"expires_in\":60}"))
        .then();
  }

  /** What was asked, and by whom. */
  public record Asked(@Nullable String authorization, Map<String, Object> question) {

    public Object value(String name) {
      return Objects.requireNonNull(question.get(name), name);
    }

    public Map<?, ?> request() {
      return (Map<?, ?>) value("request");
    }
  }

  private record Said(int status, String body) {}
}
