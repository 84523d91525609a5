package dev.keyledger.http.shortcut;

import dev.keyledger.http.HttpProperties;
import dev.keyledger.http.security.AccessRules;
import dev.keyledger.http.security.KnownCallers;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/**
 * Puts the shortcuts in front of Spring's chain. There are none where other things than the path
 * and the caller change answers: pages of other origins, or headers of proxies that Spring itself
 * reads.
 */
@Configuration(proxyBeanMethods = false)
public class ShortcutConfiguration {

  @Bean
  WebFluxRegistrations controllers() {
    return new WebFluxRegistrations() {
      @Override
      public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new Controllers();
      }
    };
  }

  /** The chain is not there yet when the server is made, but when it starts. */
  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> shorterWays(
      ObjectProvider<Shortcut> shortcuts,
      AccessRules access,
      KnownCallers callers,
      HttpProperties properties,
      ObjectProvider<ForwardedHeaderTransformer> forwarded,
      ObjectProvider<MeterRegistry> registry,
      ObjectProvider<HttpHandler> chain) {
    boolean others =
        !properties.cors().allowedOrigins().isEmpty() || forwarded.getIfAvailable() != null;
    return factory ->
        factory.addRouteProviders(routes -> {
          List<Route> known =
              shortcuts.stream()
                  .filter(_ -> !others)
                  .map(shortcut ->
                      new Route(shortcut, access.scopesOf(shortcut.path()), registry.getObject()))
                  .toList();
          return routes.route(
              _ -> true, new Shortcuts(known, callers, new UsualChain(chain.getObject())));
        });
  }
}
