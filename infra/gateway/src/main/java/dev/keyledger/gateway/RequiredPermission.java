package dev.keyledger.gateway;

import java.util.Optional;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** The gateway's own knowledge: what a request needs. */
@FunctionalInterface
public interface RequiredPermission {

  /**
   * The permission that a key needs for this request.
   *
   * @return empty for a request that needs no key, such as a public price list or a CORS preflight
   */
  Optional<Permission> of(ServerHttpRequest request);
}
