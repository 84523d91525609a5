package dev.keyledger.command.crypto;

import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.command.keyring.Tools;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.tlog.NoteSigner;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Clock, randomness and root keys for the key ring, and the key of the log. */
@Configuration(proxyBeanMethods = false)
class CryptoConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(CryptoConfiguration.class);

  /** UTC, to the millisecond: what events and answers show. */
  @Bean
  InstantSource clock() {
    return Clock.tickMillis(java.time.ZoneOffset.UTC);
  }

  @Bean
  RootKeys rootKeys(KeyledgerSettings settings) {
    return settings.rootKeys().rootKeys();
  }

  /** What signs the log's checkpoints. Its public half is no secret, and others need it. */
  @Bean
  NoteSigner logSigner(KeyledgerSettings settings) {
    NoteSigner signer = settings.log().signer();
    LOG.info("Checkpoints of the log are verified with {}", signer.verifierKey());
    return signer;
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
