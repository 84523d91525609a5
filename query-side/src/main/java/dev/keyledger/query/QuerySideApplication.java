package dev.keyledger.query;

import dev.keyledger.query.audit.AuditConfiguration;
import dev.keyledger.query.http.HttpFaceConfiguration;
import dev.keyledger.query.memory.MemoryConfiguration;
import dev.keyledger.query.projection.ProjectionConfiguration;
import dev.keyledger.query.rebuild.RebuildConfiguration;
import dev.keyledger.query.store.StoreConfiguration;
import dev.keyledger.query.verification.VerificationConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Starts the query side out of its parts, which are named here instead of searched for. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  QuerySideConfiguration.class,
  StoreConfiguration.class,
  ProjectionConfiguration.class,
  MemoryConfiguration.class,
  VerificationConfiguration.class,
  AuditConfiguration.class,
  RebuildConfiguration.class,
  HttpFaceConfiguration.class
})
public class QuerySideApplication {
  public static void main(String[] args) {
    SpringApplication.run(QuerySideApplication.class, args);
  }
}
