package dev.keyledger.query.verification;

import static dev.keyledger.query.Events.NOON;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands at noon until it is moved. */
public final class ManualClock implements InstantSource {
  private volatile Instant now = NOON;

  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
