package dev.keyledger.bench;

import dev.keyledger.crypto.KeyForm;
import dev.keyledger.events.Rights;
import dev.keyledger.query.memory.KeyMemory;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.KeyView;
import dev.keyledger.query.views.TwoFactor;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What a million keys weigh in the memory that verification is answered from. */
final class MemoryFigures {
  private static final int KEYS = 1_000_000;
  private static final int KEYS_PER_ACCOUNT = 5;
  private static final int PUBLIC_KEY_BYTES = 32;
  private static final int NAME_BYTES = 16;
  private static final double BYTES_PER_MB = 1e6;
  private static final List<String> PERMISSIONS = List.of("read", "trade");

  private final Random random = new Random(20261122);

  private MemoryFigures() {}

  static void measure(Report report, Options options) {
    int keys = options.quick() ? KEYS / 10 : KEYS;
    System.err.printf("weighing %,d keys%n", keys);
    double before = usedMb();
    KeyMemory memory = new KeyMemory((_, _) -> {});
    MemoryFigures figures = new MemoryFigures();
    for (int i = 0; i < keys / KEYS_PER_ACCOUNT; i++) {
      memory.put(figures.account(i));
    }
    double used = usedMb() - before;
    if (memory.keys() != keys) { // asked only now, so that the memory is there while it is weighed
      throw new IllegalStateException("There are " + memory.keys() + " keys");
    }
    report.add(Row.of("heap of a million live keys", "MB", used * KEYS / keys));
    report.note(
        "Live keys: %,d, %d to an account, half of them ed25519, each with a label and an address of its own."
            .formatted(keys, KEYS_PER_ACCOUNT));
  }

  private AccountView account(int number) {
    List<KeyView> keys = new ArrayList<>();
    for (int i = 0; i < KEYS_PER_ACCOUNT; i++) {
      keys.add(key(number * KEYS_PER_ACCOUNT + i));
    }
    return new AccountView(UUID.randomUUID().toString(), 0, 20, 20, TwoFactor.ENABLED, keys);
  }

  private KeyView key(int number) {
    boolean ed25519 = number % 2 == 0;
    String address = "10.%d.%d.%d".formatted(number >> 16, (number >> 8) & 0xff, number & 0xff);
    return new KeyView(
        KeyForm.PUBLIC_API_KEY.write(bytes(NAME_BYTES)),
        "Trading Bot " + number,
        ed25519 ? "ed25519" : "hmac-sha256",
        ed25519 ? Base64.getEncoder().encodeToString(bytes(PUBLIC_KEY_BYTES)) : null,
        ed25519 ? null : "root1",
        new Rights(PERMISSIONS, List.of(address)),
        null,
        null,
        null,
        null,
        null,
        "2026-11-22T09:30:00Z",
        "2026-11-22T09:30:00Z");
  }

  private byte[] bytes(int number) {
    byte[] bytes = new byte[number];
    random.nextBytes(bytes);
    return bytes;
  }

  private static double usedMb() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    System.gc();
    return (runtime.totalMemory() - runtime.freeMemory()) / BYTES_PER_MB;
  }
}
