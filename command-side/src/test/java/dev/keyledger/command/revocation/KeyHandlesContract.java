package dev.keyledger.command.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.keyring.Algorithm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for handles, wherever they are kept. */
abstract class KeyHandlesContract {
  private static final String PRINT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  abstract KeyHandles handles();

  @Test
  void aKeyIsFoundByItsFingerprintAndByItsName() {
    KeyHandles handles = handles();
    KeyHandle handle = hmac("key-1", "alice", PRINT);
    handles.put(handle);
    handles.put(handle);

    assertThat(handles.of("key-1")).contains(handle);
    assertThat(handles.of("key-2")).isEmpty();
    assertThat(handles.of(Algorithm.HMAC_SHA256, PRINT)).containsExactly(handle);
    assertThat(handles.of(Algorithm.ED25519, PRINT)).isEmpty();
    assertThat(handles.of(Algorithm.HMAC_SHA256, "")).isEmpty();
  }

  @Test
  void severalKeysMayHaveTheSameFingerprint() {
    KeyHandles handles = handles();
    handles.put(new KeyHandle("key-1", "alice", Algorithm.ED25519, PRINT, null));
    handles.put(new KeyHandle("key-2", "bob", Algorithm.ED25519, PRINT, null));

    assertThat(handles.of(Algorithm.ED25519, PRINT))
        .extracting(KeyHandle::publicApiKey)
        .containsExactly("key-1", "key-2");
  }

  @Test
  void whatIsRemovedIsNotFound() {
    KeyHandles handles = handles();
    handles.put(hmac("key-1", "alice", PRINT));
    handles.put(hmac("key-2", "alice", PRINT));
    handles.put(hmac("key-3", "bob", PRINT));

    handles.remove("key-1");
    assertThat(handles.of("key-1")).isEmpty();
    handles.removeAll("alice");
    assertThat(handles.of(Algorithm.HMAC_SHA256, PRINT))
        .containsExactly(hmac("key-3", "bob", PRINT));
  }

  @Test
  void aFingerprintMayBeAddedLater() {
    KeyHandles handles = handles();
    handles.put(hmac("key-1", "alice", null));
    assertThat(handles.incomplete()).containsExactly(hmac("key-1", "alice", null));

    handles.put(hmac("key-1", "alice", PRINT));
    assertThat(handles.incomplete()).isEmpty();
    assertThat(handles.of(Algorithm.HMAC_SHA256, PRINT)).hasSize(1);
  }

  private static KeyHandle hmac(String key, String account, @Nullable String fingerprint) {
    return new KeyHandle(key, account, Algorithm.HMAC_SHA256, fingerprint, "root-1");
  }
}
