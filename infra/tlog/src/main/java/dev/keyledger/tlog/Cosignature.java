package dev.keyledger.tlog;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** What a witness signs (C2SP tlog-cosignature, "Format" and "Ed25519 signed message"). */
final class Cosignature {
  private static final String HEADER = "cosignature/v1\n";

  private final long seconds;
  private final byte[] signature;

  private Cosignature(long seconds, byte[] signature) {
    this.seconds = seconds;
    this.signature = signature;
  }

  /** The {@code timestamped_signature}; empty if it isn't one or its time is not one of Java's. */
  static Optional<Cosignature> parse(byte[] bytes) {
    if (bytes.length != Long.BYTES + Ed25519.SIGNATURE_SIZE) {
      return Optional.empty();
    }
    long seconds = ByteBuffer.wrap(bytes).getLong();
    if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
      return Optional.empty();
    }
    return Optional.of(
        new Cosignature(seconds, Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)));
  }

  /**
   * @param text of the checkpoint, without signatures
   */
  String message(String text) {
    return HEADER + "time " + seconds + "\n" + text;
  }

  byte[] signature() {
    return signature;
  }

  Instant time() {
    return Instant.ofEpochSecond(seconds);
  }
}
