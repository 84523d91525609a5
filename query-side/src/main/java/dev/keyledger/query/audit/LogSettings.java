package dev.keyledger.query.audit;

import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.VerifierKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be set about the log.
 *
 * @param verifierKey the public key of the log as text, {@code name+id+key} (C2SP signed-note),
 *     whose name is the log's origin; absent: no checkpoint is served, since none can be checked
 */
@ConfigurationProperties("keyledger.log")
public record LogSettings(@Nullable String verifierKey) {
  public LogSettings {
    if (verifierKey != null && verifierKey.isBlank()) {
      verifierKey = null;
    }
    key(verifierKey);
  }

  Optional<VerifierKey> key() {
    return key(verifierKey);
  }

  private static Optional<VerifierKey> key(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(VerifierKey.parse(text));
    } catch (MalformedException e) {
      throw new IllegalArgumentException(
          "keyledger.log.verifier-key must be a verifier key: " + e.getMessage(), e);
    }
  }
}
