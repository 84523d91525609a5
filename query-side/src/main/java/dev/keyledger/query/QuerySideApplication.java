package dev.keyledger.query;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the query side. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class QuerySideApplication {
  public static void main(String[] args) {
    SpringApplication.run(QuerySideApplication.class, args);
  }
}
