package dev.keyledger.http;

import dev.keyledger.http.problem.ProblemHandler;
import dev.keyledger.http.problem.ProblemPages;
import dev.keyledger.http.security.SecurityConfiguration;
import dev.keyledger.http.shortcut.ShortcutConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP face of a service. The service imports it, offers its {@link
 * dev.keyledger.http.security.AccessRules} as a bean and imports {@code keyledger-http.yaml} into
 * its configuration.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpProperties.class)
@Import({
  SecurityConfiguration.class,
  StrictJson.class,
  ProblemPages.class,
  Documents.class,
  ShortcutConfiguration.class
})
public class HttpConfiguration {

  @Bean
  ProblemHandler problemHandler(JsonMapper json) {
    return new ProblemHandler(json);
  }

  @Bean
  BodyLimit bodyLimit() {
    return new BodyLimit();
  }

  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> slowRequests() {
    return factory -> factory.addServerCustomizers(new SlowRequests());
  }
}
