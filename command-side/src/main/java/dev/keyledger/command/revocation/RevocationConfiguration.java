package dev.keyledger.command.revocation;

import dev.keyledger.command.InTransaction;
import dev.keyledger.command.store.KeyRings;
import dev.keyledger.crypto.ApiSecrets;
import dev.keyledger.crypto.Ed25519Verifier;
import dev.keyledger.crypto.RootKeys;
import java.time.InstantSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts revocation together. */
@Configuration(proxyBeanMethods = false)
class RevocationConfiguration {

  @Bean
  KeyHandles keyHandles(JdbcClient jdbc) {
    return new JdbcKeyHandles(jdbc);
  }

  @Bean
  HandleKeeper handleKeeper(KeyHandles handles, RootKeys rootKeys) {
    return new HandleKeeper(handles, new ApiSecrets(rootKeys));
  }

  /** A key can be revoked as soon as it was shown. */
  @Bean
  InTransaction handlesAtOnce(HandleKeeper keeper) {
    return new InTransaction(keeper::on);
  }

  @Bean
  ApplicationRunner handlesAtStart(HandleKeeper keeper) {
    return arguments -> keeper.complete();
  }

  @Bean
  Revocations revocations(
      KeyHandles handles, RootKeys rootKeys, KeyRings keyRings, InstantSource clock) {
    Proofs proofs = new Proofs(handles, new ApiSecrets(rootKeys), Ed25519Verifier.fastest(), clock);
    return new Revocations(handles, proofs, keyRings);
  }
}
