package dev.keyledger.query;

import dev.keyledger.query.views.ServedViews;
import dev.keyledger.query.views.ViewGenerations;
import dev.keyledger.query.views.ViewReader;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all parts of the query side share. */
@Configuration(proxyBeanMethods = false)
class QuerySideConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  ViewReader viewReader(
      ViewGenerations generations, @Value("${keyledger.view.max-wait:5s}") Duration maxWait) {
    return new ViewReader(new ServedViews(generations, System::nanoTime), maxWait);
  }
}
