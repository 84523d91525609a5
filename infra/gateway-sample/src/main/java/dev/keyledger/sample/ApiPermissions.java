package dev.keyledger.sample;

import dev.keyledger.gateway.Permission;
import dev.keyledger.gateway.RequiredPermission;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What each call needs. Paths are matched as Spring's own routing matches them: compared as texts,
 * another spelling of a path could pass for something that needs less.
 */
final class ApiPermissions implements RequiredPermission {
  private static final PathPattern PRICES = pattern("/v1/prices");
  private static final PathPattern WITHDRAWALS = pattern("/v1/withdrawals/**");

  @Override
  public Optional<Permission> of(ServerHttpRequest request) {
    PathContainer path = request.getPath().pathWithinApplication();
    if (PRICES.matches(path)) {
      return Optional.empty();
    }
    if (WITHDRAWALS.matches(path)) {
      return Optional.of(Permission.WITHDRAW);
    }
    return Optional.of(
        request.getMethod().equals(HttpMethod.GET) ? Permission.READ : Permission.TRADE);
  }

  private static PathPattern pattern(String pattern) {
    return PathPatternParser.defaultInstance.parse(pattern);
  }
}
