package dev.keyledger.crypto;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The root keys as a deployment sets them, the same for both services.
 *
 * @param current id of the key for what is made from now on
 * @param keys id → 32 bytes in Base64
 */
@ConfigurationProperties("keyledger.root-keys")
public record RootKeySettings(@DefaultValue("") String current, Map<String, String> keys) {
  public RootKeySettings {
    keys = keys == null ? Map.of() : Map.copyOf(keys);
  }

  /**
   * The keys behind these settings.
   *
   * @throws InvalidRootKeysException with a sentence for the operator, which never quotes a key
   */
  public RootKeys rootKeys() {
    return new RootKeys(current, keys);
  }

  @Override
  public String toString() {
    return "RootKeySettings[current=" + current + ", ids=" + keys.keySet() + "]";
  }
}
