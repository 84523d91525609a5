package dev.keyledger.command.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.keyring.Algorithm;
import dev.keyledger.crypto.ApiSecrets;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import dev.keyledger.events.Rights;
import dev.keyledger.testkit.TestPlatform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The handles that the events leave. */
class HandleKeeperTest {
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");
  private static final ApiSecrets SECRETS = secrets("old", "new");

  private final KeyHandles handles = new InMemoryKeyHandles();
  private final HandleKeeper keeper = new HandleKeeper(handles, SECRETS);

  @Test
  void eachKeyHasAHandleUntilItIsDeleted() {
    keeper.on(created("key-1", "ed25519", "its public key", null));
    keeper.on(created("key-2", "hmac-sha256", null, "old"));
    assertThat(handles.of(Algorithm.ED25519, "its public key")).hasSize(1);
    assertThat(handles.of(Algorithm.HMAC_SHA256, print("old", "key-2")))
        .extracting(KeyHandle::publicApiKey)
        .containsExactly("key-2");

    keeper.on(new KeyDisabled("alice", AT, "key-2", "Bot1x", "by-owner", null));
    assertThat(handles.of("key-2")).isPresent();
    keeper.on(new KeyDeleted("alice", AT, "ch_1", "key-2", "Bot1x"));
    assertThat(handles.of("key-2")).isEmpty();
    keeper.on(new AllKeysDeleted("alice", AT, "ch_1", List.of("key-1")));
    assertThat(handles.of("key-1")).isEmpty();
  }

  @Test
  void bothKeysOfARotationHaveOne() {
    keeper.on(created("key-1", "hmac-sha256", null, "old"));
    keeper.on(
        new KeyRotated(
            "alice",
            AT,
            "ch_1",
            "key-1",
            "key-2",
            "Bot1x",
            "hmac-sha256",
            null,
            "new",
            new Rights(List.of("read"), List.of()),
            null,
            AT));

    assertThat(handles.of(Algorithm.HMAC_SHA256, print("old", "key-1"))).hasSize(1);
    assertThat(handles.of(Algorithm.HMAC_SHA256, print("new", "key-2"))).hasSize(1);
  }

  @Test
  void aRootKeyThatIsMissingHoldsNothingUpAndIsMadeUpForLater() {
    HandleKeeper without = new HandleKeeper(handles, secrets("new"));
    without.on(created("key-1", "hmac-sha256", null, "old"));
    without.complete();
    assertThat(handles.of("key-1").orElseThrow().fingerprint()).isNull();

    keeper.complete();
    assertThat(handles.of(Algorithm.HMAC_SHA256, print("old", "key-1"))).hasSize(1);
  }

  private static String print(String rootKeyId, String publicApiKey) {
    return Fingerprints.ofApiSecret(SECRETS.derive(rootKeyId, publicApiKey).reveal());
  }

  private static ApiSecrets secrets(String... rootKeyIds) {
    Map<String, String> keys = new java.util.HashMap<>();
    for (String id : rootKeyIds) {
      keys.put(id, TestPlatform.ROOT_KEY);
    }
    return new ApiSecrets(new RootKeys(rootKeyIds[0], keys));
  }

  private static KeyCreated created(
      String key, String algorithm, @Nullable String verificationKey, @Nullable String rootKeyId) {
    return new KeyCreated(
        "alice",
        AT,
        "ch_1",
        key,
        "Bot1x",
        algorithm,
        verificationKey,
        rootKeyId,
        List.of("read"),
        List.of(),
        null,
        null);
  }
}
