package dev.keyledger.http;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.CodecConfigurer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Refuses bodies over 64 KiB (contract section 3), whoever reads them: by their announced length,
 * or, where it was not announced, by what really arrives. Comes after authentication, so that a
 * stranger is only told to authenticate.
 */
final class BodyLimit implements WebFilter, CodecCustomizer, Ordered {
  static final int MAX_BYTES = 64 * 1024;

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    HttpHeaders headers = exchange.getRequest().getHeaders();
    if (headers.getContentLength() > MAX_BYTES) {
      return Mono.error(new ProblemException(ProblemType.BODY_TOO_LARGE));
    }
    return headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
        ? read(exchange.getRequest().getBody())
            .flatMap(body ->
                chain.filter(
                    exchange
                        .mutate()
                        .request(new ReadRequest(exchange.getRequest(), ReadRequest.body(body)))
                        .build()))
        : chain.filter(exchange);
  }

  /** Reads a body of unknown length (RFC 9112 section 7.1). */
  private static Mono<byte[]> read(Flux<DataBuffer> body) {
    return DataBufferUtils.join(body, MAX_BYTES)
        .map(all -> {
          byte[] bytes = new byte[all.readableByteCount()];
          all.read(bytes);
          DataBufferUtils.release(all); // controllers that take no body would not
          return bytes;
        })
        .defaultIfEmpty(new byte[0])
        .onErrorMap(
            DataBufferLimitException.class,
            tooLarge -> new ProblemException(ProblemType.BODY_TOO_LARGE, tooLarge));
  }

  @Override
  public void customize(CodecConfigurer configurer) {
    configurer.defaultCodecs().maxInMemorySize(MAX_BYTES);
  }

  @Override
  public int getOrder() {
    return 100;
  }
}
