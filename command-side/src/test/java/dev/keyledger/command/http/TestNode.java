package dev.keyledger.command.http;

import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.command.crypto.DerivedCodes;
import dev.keyledger.command.crypto.KeyFactory;
import dev.keyledger.command.crypto.RandomIdentifiers;
import dev.keyledger.command.keyring.Tools;
import dev.keyledger.command.revocation.InMemoryRevocations;
import dev.keyledger.command.revocation.Revocations;
import dev.keyledger.command.store.InMemoryKeyRings;
import dev.keyledger.command.store.KeyRings;
import dev.keyledger.crypto.RootKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The HTTP face over real key rings in memory, with a clock that the test moves. Bears no
 * annotation that the application's own scan looks for, since other tests start the whole of it.
 */
@EnableAutoConfiguration(
    exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@EnableConfigurationProperties(KeyledgerSettings.class)
@Import({
  CommandHttpConfiguration.class,
  CommandShortcuts.class,
  TwoFactorController.class,
  KeysController.class,
  KeyLifeController.class,
  SupportController.class,
  RevocationsController.class,
  ChallengesController.class
})
class TestNode {

  @Bean
  ManualClock clock() {
    return new ManualClock();
  }

  @Bean
  RootKeys rootKeys(KeyledgerSettings settings) {
    return settings.rootKeys().rootKeys();
  }

  @Bean
  Tools tools(KeyledgerSettings settings, RootKeys rootKeys, ManualClock clock) {
    SecureRandom random = new SecureRandom();
    return new Tools(
        settings.rules(),
        clock,
        new RandomIdentifiers(random, rootKeys),
        new DerivedCodes(rootKeys, settings.codes().length()),
        new KeyFactory(random, rootKeys));
  }

  @Bean
  InMemoryRevocations inMemoryRevocations(RootKeys rootKeys, ManualClock clock) {
    return new InMemoryRevocations(rootKeys, clock);
  }

  @Bean
  KeyRings keyRings(Tools tools, InMemoryRevocations revocations, MeterRegistry meters) {
    return InMemoryKeyRings.create(tools, revocations::on, meters);
  }

  @Bean
  Revocations revocations(InMemoryRevocations revocations, KeyRings keyRings) {
    return revocations.over(keyRings);
  }
}
