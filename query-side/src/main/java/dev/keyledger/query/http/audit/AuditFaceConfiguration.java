package dev.keyledger.query.http.audit;

import dev.keyledger.query.audit.ReadTraces;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Opens the paths of the log. */
@Configuration(proxyBeanMethods = false)
@Import({
  LogController.class,
  ReceiptController.class,
  AuditController.class,
  HistoryController.class,
  StreamController.class
})
public class AuditFaceConfiguration {

  @Bean
  TracedReads tracedReads(ReadTraces traces, Clock clock) {
    return new TracedReads(traces, clock);
  }
}
