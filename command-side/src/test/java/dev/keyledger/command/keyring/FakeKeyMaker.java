package dev.keyledger.command.keyring;

import dev.keyledger.command.keyring.Tools.KeyMaker;
import dev.keyledger.command.keyring.Tools.NewKey;
import dev.keyledger.crypto.SecretText;
import org.jspecify.annotations.Nullable;

/** Keys that count; {@value #OWN_KEY} is the only usable key that a caller may bring. */
final class FakeKeyMaker implements KeyMaker {
  static final String OWN_KEY = "own-key";
  private int made;

  @Override
  public NewKey make(Algorithm algorithm, @Nullable String verificationKey) {
    String name = "made-" + ++made;
    if (algorithm == Algorithm.HMAC_SHA256) {
      return new NewKey(name, null, FakeCodes.ROOT_KEY, SecretText.of("secret of " + name));
    }
    return verificationKey == null
        ? new NewKey(name, "verifies " + name, null, SecretText.of("private " + name))
        : new NewKey(name, verificationKey, null, null);
  }

  @Override
  public boolean isVerificationKey(String base64) {
    return base64.equals(OWN_KEY);
  }
}
