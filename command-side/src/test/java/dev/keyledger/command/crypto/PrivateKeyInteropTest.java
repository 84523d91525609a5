package dev.keyledger.command.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyledger.command.keyring.Algorithm;
import dev.keyledger.command.keyring.Tools.NewKey;
import dev.keyledger.crypto.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Other people's tools, where the machine has them, read the private key that a caller gets. */
class PrivateKeyInteropTest {
  private static final String PYTHON =
      """
      import sys
      from cryptography.hazmat.primitives import serialization as s
      key = s.load_pem_private_key(sys.stdin.buffer.read(), None).public_key()
      sys.stdout.buffer.write(key.public_bytes(s.Encoding.Raw, s.PublicFormat.Raw))
      """;

  private final NewKey made =
      new KeyFactory(new SecureRandom(), Keys.root()).make(Algorithm.ED25519, null);

  @Test
  void openssl() throws Exception {
    assumeTrue(runs("openssl", "version"), "no openssl here");

    byte[] x509 = run("openssl", "pkey", "-pubout", "-outform", "DER");

    assertThat(x509).endsWith(publicKey());
  }

  @Test
  void python() throws Exception {
    assumeTrue(runs("python3", "-c", "import cryptography"), "no Python with cryptography here");

    assertThat(run("python3", "-c", PYTHON)).isEqualTo(publicKey());
  }

  private byte[] publicKey() {
    return Base64.getDecoder().decode(Objects.requireNonNull(made.verificationKey()));
  }

  private byte[] run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var in = process.getOutputStream()) {
      in.write(Objects.requireNonNull(made.secret()).reveal().getBytes(StandardCharsets.US_ASCII));
    }
    byte[] out = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    return out;
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
