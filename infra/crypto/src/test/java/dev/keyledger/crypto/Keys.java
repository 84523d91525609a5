package dev.keyledger.crypto;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;

/** Root keys for tests, made of counted bytes. */
public final class Keys {
  public static final HexFormat HEX = HexFormat.of();

  private Keys() {}

  /** 32 bytes in Base64: first, first + 1, and so on. */
  public static String counted(int first) {
    byte[] key = new byte[32];
    IntStream.range(0, key.length).forEach(i -> key[i] = (byte) (first + i));
    return Base64.getEncoder().encodeToString(key);
  }

  public static RootKeys root() {
    return new RootKeys("a", Map.of("a", counted(0)));
  }
}
