package dev.keyledger.command.crypto;

import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.command.keyring.Tools;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Clock, randomness and root keys for the key ring. */
@Configuration(proxyBeanMethods = false)
class CryptoConfiguration {

  /** UTC, to the millisecond: what events and answers show. */
  @Bean
  InstantSource clock() {
    return Clock.tickMillis(java.time.ZoneOffset.UTC);
  }

  @Bean
  Tools tools(KeyledgerSettings settings, InstantSource clock) {
    RootKeys rootKeys = new RootKeys(settings.rootKeys().current(), settings.rootKeys().keys());
    SecureRandom random = new SecureRandom();
    return new Tools(
        settings.rules(),
        clock,
        new RandomIdentifiers(random, rootKeys),
        new DerivedCodes(rootKeys, settings.codes().length()),
        new KeyFactory(random, rootKeys));
  }
}
