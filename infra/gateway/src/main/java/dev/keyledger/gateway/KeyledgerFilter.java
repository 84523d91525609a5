package dev.keyledger.gateway;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a request pass if Keyledger says that it is rightly signed and that its key may do what is
 * asked for. To use it, declare it as a bean:
 *
 * <pre>{@code
 * @Bean
 * KeyledgerFilter keyledger(TokenClient tokens) {
 *   return new KeyledgerFilter(
 *       GatewaySettings.of(URI.create("http://query-side:8081")),
 *       request -> Optional.of(request.getMethod() == GET ? Permission.READ : Permission.TRADE),
 *       tokens::accessToken); // with the scope keys:verify
 * }
 * }</pre>
 *
 * <p>Nothing is cached: a key that was deleted is refused as soon as Keyledger knows of it. Where
 * Keyledger can't be asked nothing passes (503). A refusal is a problem (RFC 9457): 401, 403 where
 * the key may not do this or not from there, 429 with {@code Retry-After} where its rate limit is
 * used up. The body is kept in memory, so that it can be held against its digest and passed on, as
 * a form too.
 *
 * <p>What passes has the {@link ApiCaller} as an attribute and, for a backend behind, in headers;
 * those are removed from whatever a client sends, also from requests that need no key.
 *
 * <p>The source address is that of the connection if {@code server.forward-headers-strategy} is
 * {@code none}. Set it: on platforms that Spring Boot recognises, Kubernetes among them, it
 * believes headers of proxies by itself, and a client could claim any address. Behind a proxy, let
 * Spring evaluate the proxy's headers ({@code framework}), let nobody but the proxy connect, and
 * have it replace such headers of a client. An address there must be an IP address; with a name, or
 * with {@code unknown}, the request is answered with 503.
 */
public final class KeyledgerFilter implements WebFilter, Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(KeyledgerFilter.class);
  private static final byte[] NO_BODY = new byte[0];
  private static final int EARLY = Ordered.HIGHEST_PRECEDENCE + 1000;

  private final RequiredPermission required;
  private final Questions questions;
  private final Verifier verifier;
  private final Identity identity;
  private final OutageLog outages;
  private final int maxBody;

  /**
   * A filter that asks one Keyledger.
   *
   * @param tokens gives a bearer token with the scope {@code keys:verify}; asked for each request,
   *     so it should remember what it has until that expires
   */
  public KeyledgerFilter(
      GatewaySettings settings, RequiredPermission required, Supplier<Mono<String>> tokens) {
    this(settings, required, tokens, System::nanoTime);
  }

  KeyledgerFilter(
      GatewaySettings settings,
      RequiredPermission required,
      Supplier<Mono<String>> tokens,
      LongSupplier nanoTime) {
    this.required = required;
    this.questions = new Questions(settings.publicUri());
    this.verifier = new Verifier(settings, tokens);
    this.identity = new Identity(settings.headers());
    this.outages = new OutageLog(nanoTime);
    this.maxBody = settings.maxBody();
  }

  @Override
  public int getOrder() {
    return EARLY;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerWebExchange unclaimed = identity.removedFrom(exchange);
    Optional<Permission> permission = required.of(unclaimed.getRequest());
    if (permission.isEmpty()) {
      return chain.filter(unclaimed);
    }
    return decide(unclaimed.getRequest(), permission.get())
        .flatMap(decision -> apply(decision, unclaimed, chain));
  }

  private Mono<Decision> decide(ServerHttpRequest request, Permission permission) {
    return body(request)
        .flatMap(
            body -> verdict(request, permission, body).map(verdict -> new Decision(verdict, body)))
        .onErrorResume(
            DataBufferLimitException.class,
            tooLong -> Mono.just(new Decision(new Verdict.Refused(Refusal.TOO_LARGE), NO_BODY)));
  }

  private Mono<byte[]> body(ServerHttpRequest request) {
    return DataBufferUtils.join(request.getBody(), maxBody)
        .map(KeyledgerFilter::bytes)
        .defaultIfEmpty(NO_BODY);
  }

  private Mono<Verdict> verdict(ServerHttpRequest request, Permission permission, byte[] body) {
    return Mono.fromSupplier(() -> questions.about(request, permission, body))
        .doOnError(
            VerifierUnavailableException.class,
            unasked -> LOG.warn("A request was not let through: {}", unasked.getMessage()))
        .flatMap(this::ask)
        .onErrorReturn(
            VerifierUnavailableException.class, new Verdict.Refused(Refusal.UNAVAILABLE));
  }

  private Mono<Verdict> ask(Question question) {
    return verifier
        .ask(question)
        .doOnNext(_ -> outages.answered())
        .doOnError(VerifierUnavailableException.class, outages::failed);
  }

  private Mono<Void> apply(Decision decision, ServerWebExchange exchange, WebFilterChain chain) {
    return switch (decision.verdict()) {
      case Verdict.Accepted(ApiCaller caller) ->
          chain.filter(identity.addedTo(exchange, caller, decision.body()));
      case Verdict.Refused(Refusal refusal) -> Problems.write(exchange.getResponse(), refusal);
    };
  }

  private static byte[] bytes(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }

  /** A verdict, and the body that was read for it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Decision(Verdict verdict, byte[] body) {}
}
