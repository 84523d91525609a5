package dev.keyledger.command;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The service that decides: commands in, events out. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(KeyledgerSettings.class)
public class CommandSideApplication {
  public static void main(String[] args) {
    SpringApplication.run(CommandSideApplication.class, args);
  }
}
