package dev.keyledger.command;

import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.NoteSigner;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who the log is, under {@code keyledger.log}.
 *
 * @param origin names the log, for ever; without a space or a plus
 * @param key that checkpoints are signed with: 32 bytes in Base64 (RFC 8032, section 5.1.5)
 */
public record LogSettings(@DefaultValue("") String origin, @DefaultValue("") String key) {
  private static final int KEY_BYTES = 32;

  /**
   * Checks what is set.
   *
   * @throws InvalidSettingException with a sentence for the operator, which never quotes the key
   */
  public LogSettings {
    NoteSigner _ = signer(origin, key);
  }

  /** The signer that these settings describe. */
  public NoteSigner signer() {
    return signer(origin, key);
  }

  private static NoteSigner signer(String origin, String key) {
    if (key.isBlank()) {
      throw new InvalidSettingException(
          "No key of the log is configured: set keyledger.log.key to 32 random bytes in Base64.");
    }
    if (origin.isBlank()) {
      throw new InvalidSettingException(
          "The log has no name: set keyledger.log.origin, for example to keyledger.example/log.");
    }
    byte[] bytes = decode(key);
    if (bytes.length != KEY_BYTES) {
      throw new InvalidSettingException(
          "keyledger.log.key has %d bytes; it must have %d.".formatted(bytes.length, KEY_BYTES));
    }
    try {
      return NoteSigner.of(origin, bytes);
    } catch (MalformedException notAName) {
      throw new InvalidSettingException(
          "keyledger.log.origin must have no space, plus or control character.");
    }
  }

  private static byte[] decode(String key) {
    try {
      return Base64.getDecoder().decode(key.strip().getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException notBase64) {
      throw new InvalidSettingException("keyledger.log.key is not Base64.");
    }
  }

  @Override
  public String toString() {
    return "LogSettings[origin=" + origin + "]";
  }
}
