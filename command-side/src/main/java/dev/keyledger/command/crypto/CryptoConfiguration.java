package dev.keyledger.command.crypto;

import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.command.keyring.Tools;
import dev.keyledger.crypto.RootKeys;
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
  RootKeys rootKeys(KeyledgerSettings settings) {
    return settings.rootKeys().rootKeys();
  }

  @Bean
  Tools tools(KeyledgerSettings settings, RootKeys rootKeys, InstantSource clock) {
    SecureRandom random = new SecureRandom();
    return new Tools(
        settings.rules(),
        clock,
        new RandomIdentifiers(random, rootKeys),
        new DerivedCodes(rootKeys, settings.codes().length()),
        new KeyFactory(random, rootKeys));
  }
}
