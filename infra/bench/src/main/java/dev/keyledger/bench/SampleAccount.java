package dev.keyledger.bench;

import dev.keyledger.crypto.KeyForm;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import dev.keyledger.events.Operation;
import dev.keyledger.events.Rights;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** An account that makes, edits, disables and deletes keys, as its events tell of it. */
final class SampleAccount {
  private static final int MOST_KEYS = 5;
  private static final int ID_BYTES = 16;
  private static final int PUBLIC_KEY_BYTES = 32;
  private static final int SECONDS_PER_STEP = 30;
  private static final String ROOT_KEY = "2026-11";
  private static final List<String> FACTORS = List.of("email", "totp");
  private static final List<String> PERMISSIONS = List.of("read", "trade");
  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final Duration COOLDOWN = Duration.ofMinutes(1);

  private final String id;
  private final Random random;
  private final List<KeyCreated> keys = new ArrayList<>();
  private final Deque<KeyRingEvent> due = new ArrayDeque<>();
  private boolean enrolled;
  private long position;

  SampleAccount(String id, Random random) {
    this.id = id;
    this.random = random;
  }

  /** Of the event that {@link #next} gave last, from 1. */
  long position() {
    return position;
  }

  /** What it does next, at that time. */
  KeyRingEvent next(Instant now) {
    if (due.isEmpty()) {
      act(now);
    }
    position++;
    return due.removeFirst();
  }

  private void act(Instant now) {
    if (!enrolled) {
      enrolled = true;
      String enrolment = id("en_");
      due.add(new TwoFactorEnrolmentStarted(id, now, enrolment, ROOT_KEY));
      due.add(new TwoFactorEnabled(id, now, enrolment, step(now)));
    } else if (keys.isEmpty() || (keys.size() < MOST_KEYS && random.nextBoolean())) {
      KeyCreated made = made(now, id("ch_"));
      Operation create =
          new Operation.CreateKey(
              made.label(),
              made.permissions(),
              made.trustedIps(),
              made.algorithm(),
              null,
              null,
              null);
      challenge(now, made.challengeId(), create);
      due.add(made);
      keys.add(made);
    } else {
      change(now, keys.get(random.nextInt(keys.size())));
    }
  }

  private void change(Instant now, KeyCreated key) {
    String challenge = id("ch_");
    switch (random.nextInt(3)) {
      case 0 -> {
        challenge(now, challenge, new Operation.DeleteKey(key.publicApiKey(), key.label()));
        due.add(new KeyDeleted(id, now, challenge, key.publicApiKey(), key.label()));
        keys.remove(key);
      }
      case 1 ->
          due.add(new KeyDisabled(id, now, key.publicApiKey(), key.label(), "by-owner", null));
      default -> {
        Rights before = new Rights(key.permissions(), key.trustedIps());
        Rights after = new Rights(PERMISSIONS, List.of(address(), address()));
        challenge(
            now,
            challenge,
            new Operation.EditPermissions(
                key.publicApiKey(),
                key.label(),
                after.permissions(),
                after.trustedIps(),
                null,
                null));
        due.add(
            new PermissionsEdited(
                id, now, challenge, key.publicApiKey(), key.label(), before, after));
      }
    }
  }

  /** Each tenth has a wrong code before the right one. */
  private void challenge(Instant now, String challenge, Operation operation) {
    due.add(
        new ChallengeOpened(
            id,
            now,
            challenge,
            operation,
            FACTORS,
            1,
            ROOT_KEY,
            5,
            now.plus(LIFETIME),
            now.plus(COOLDOWN)));
    if (random.nextInt(10) == 0) {
      due.add(new CodeRejected(id, now, challenge, 4, 1));
    }
    due.add(new CodeVerified(id, now, challenge, FACTORS, step(now)));
  }

  private KeyCreated made(Instant now, String challenge) {
    boolean ed25519 = random.nextBoolean();
    return new KeyCreated(
        id,
        now,
        challenge,
        KeyForm.PUBLIC_API_KEY.write(bytes(ID_BYTES)),
        "Trading Bot " + random.nextInt(1000),
        ed25519 ? "ed25519" : "hmac-sha256",
        ed25519 ? Base64.getEncoder().encodeToString(bytes(PUBLIC_KEY_BYTES)) : null,
        ed25519 ? null : ROOT_KEY,
        PERMISSIONS,
        List.of(address()),
        null,
        null);
  }

  private String address() {
    return "10.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256));
  }

  private String id(String prefix) {
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(ID_BYTES));
  }

  private byte[] bytes(int number) {
    byte[] bytes = new byte[number];
    random.nextBytes(bytes);
    return bytes;
  }

  private static long step(Instant now) {
    return now.getEpochSecond() / SECONDS_PER_STEP;
  }
}
