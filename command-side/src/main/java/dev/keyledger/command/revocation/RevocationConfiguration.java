package dev.keyledger.command.revocation;

import dev.keyledger.command.InTransaction;
import dev.keyledger.command.store.KeyRings;
import dev.keyledger.crypto.ApiSecrets;
import dev.keyledger.crypto.Ed25519Verifier;
import dev.keyledger.crypto.RootKeys;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.function.SingletonSupplier;

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

  /** To find the fastest verifier takes a moment, which the first proof has and a start has not. */
  @Bean
  Revocations revocations(
      KeyHandles handles, RootKeys rootKeys, KeyRings keyRings, InstantSource clock) {
    Supplier<Ed25519Verifier> ed25519 = SingletonSupplier.of(Ed25519Verifier::fastest)::obtain;
    Proofs proofs = new Proofs(handles, new ApiSecrets(rootKeys), ed25519, clock);
    return new Revocations(handles, proofs, keyRings);
  }
}
