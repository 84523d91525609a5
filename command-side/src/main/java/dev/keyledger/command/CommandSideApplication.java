package dev.keyledger.command;

import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The service that decides: commands in, events out. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(KeyledgerSettings.class)
public class CommandSideApplication {
  /** Axon would ask its makers for updates; a service calls nobody that it wasn't told to call. */
  private static final List<String> SILENCED =
      List.of(
          "axon.update-check.disabled",
          "axoniq.update-checker.disabled",
          "disable-axoniq-console-message");

  public static void main(String[] args) {
    SILENCED.forEach(name -> System.setProperty(name, "true"));
    SpringApplication.run(CommandSideApplication.class, args);
  }
}
