package dev.keyledger.command.revocation;

import dev.keyledger.command.store.KeyRings;
import dev.keyledger.crypto.ApiSecrets;
import dev.keyledger.crypto.Ed25519Verifier;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.events.KeyRingEvent;
import java.time.InstantSource;

/** Revocation without a database: tell it every event, and ask it then. */
public final class InMemoryRevocations {
  private final KeyHandles handles = new InMemoryKeyHandles();
  private final ApiSecrets secrets;
  private final InstantSource clock;
  private final HandleKeeper keeper;

  public InMemoryRevocations(RootKeys rootKeys, InstantSource clock) {
    this.secrets = new ApiSecrets(rootKeys);
    this.clock = clock;
    this.keeper = new HandleKeeper(handles, secrets);
  }

  /** Takes an event in. */
  public void on(KeyRingEvent event) {
    keeper.on(event);
  }

  public Revocations over(KeyRings keyRings) {
    Proofs proofs = new Proofs(handles, secrets, Ed25519Verifier::fastest, clock);
    return new Revocations(handles, proofs, keyRings);
  }
}
