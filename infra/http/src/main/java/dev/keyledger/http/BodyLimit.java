package dev.keyledger.http;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.core.Ordered;
import org.springframework.http.codec.CodecConfigurer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses bodies over 64 KiB (contract section 3): by their announced length, whoever reads them,
 * and by what really arrives where they are read. Comes after authentication, so that a stranger is
 * only told to authenticate.
 */
final class BodyLimit implements WebFilter, CodecCustomizer, Ordered {
  static final int MAX_BYTES = 64 * 1024;

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return exchange.getRequest().getHeaders().getContentLength() > MAX_BYTES
        ? Mono.error(new ProblemException(ProblemType.BODY_TOO_LARGE))
        : chain.filter(exchange);
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
