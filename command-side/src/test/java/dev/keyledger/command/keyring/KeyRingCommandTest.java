package dev.keyledger.command.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.crypto.SecretText;
import org.junit.jupiter.api.Test;

/** A command may be printed without showing a code. */
class KeyRingCommandTest {

  @Test
  void printsNoCode() {
    assertThat(new KeyRingCommand.ConfirmTwoFactor("alice", SecretText.of("123456")).toString())
        .doesNotContain("123456");
  }
}
