package dev.keyledger.query.audit;

import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.VerifierKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be set about the log.
 *
 * @param verifierKey the public keys of the log as text, {@code name+id+key} (C2SP signed-note),
 *     the present one first and then those that it replaced, newest first; the name is the log's
 *     origin. None: no checkpoint is served, since none can be checked
 */
@ConfigurationProperties("keyledger.log")
public record LogSettings(@Nullable List<String> verifierKey) {
  public LogSettings {
    verifierKey =
        verifierKey == null
            ? List.of()
            : verifierKey.stream().map(String::strip).filter(key -> !key.isEmpty()).toList();
    if (keys(verifierKey).stream().map(VerifierKey::name).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "keyledger.log.verifier-key must be the keys of one log: their names differ");
    }
  }

  /** The present key and those that it replaced, newest first. */
  List<VerifierKey> keys() {
    return keys(verifierKey == null ? List.of() : verifierKey);
  }

  private static List<VerifierKey> keys(List<String> texts) {
    return texts.stream().map(LogSettings::key).toList();
  }

  private static VerifierKey key(String text) {
    try {
      return VerifierKey.parse(text);
    } catch (MalformedException e) {
      throw new IllegalArgumentException(
          "keyledger.log.verifier-key must be a verifier key: " + e.getMessage(), e);
    }
  }
}
