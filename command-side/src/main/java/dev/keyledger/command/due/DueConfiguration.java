package dev.keyledger.command.due;

import dev.keyledger.command.InTransaction;
import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.command.store.KeyRings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts together what time brings about. */
@Configuration(proxyBeanMethods = false)
class DueConfiguration {

  @Bean
  DueSteps dueSteps(JdbcClient jdbc, InstantSource clock, KeyledgerSettings settings) {
    return new JdbcDueSteps(jdbc, clock, settings.nodeId());
  }

  /** What an event makes due is noted with it, or neither is there. */
  @Bean
  InTransaction dueCalendar(DueSteps steps) {
    return new InTransaction(new DueCalendar(steps)::on);
  }

  @Bean
  DueRunner dueRunner(
      DueSteps steps,
      KeyRings keyRings,
      KeyledgerSettings settings,
      InstantSource clock,
      MeterRegistry meters) {
    return new DueRunner(steps, keyRings, settings.keys().openIpLapse(), clock, meters);
  }
}
