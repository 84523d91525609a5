package dev.keyledger.command.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that only moves when told to. */
final class ManualClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");

  void advance(Duration step) {
    now = now.plus(step);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
