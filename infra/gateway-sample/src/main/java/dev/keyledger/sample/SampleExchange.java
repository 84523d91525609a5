package dev.keyledger.sample;

import dev.keyledger.gateway.GatewaySettings;
import dev.keyledger.gateway.KeyledgerFilter;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Starts the sample exchange. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(SampleSettings.class)
public class SampleExchange {

  public static void main(String[] arguments) {
    SpringApplication.run(SampleExchange.class, arguments);
  }

  /** All that a gateway needs. */
  @Bean
  KeyledgerFilter keyledger(SampleSettings settings) {
    GatewaySettings gateway =
        GatewaySettings.of(settings.verifier()).withTimeout(settings.timeout());
    return new KeyledgerFilter(
        settings.publicUri() == null ? gateway : gateway.withPublicUri(settings.publicUri()),
        new ApiPermissions(),
        new LocalTokens(settings.tokenUri()));
  }
}
