package dev.keyledger.bench;

import java.util.Locale;

/**
 * What a figure has to reach.
 *
 * @param ofRatio whether the ratio to the limit is meant, or the figure itself
 * @param atLeast whether more is better
 */
record Mark(boolean ofRatio, boolean atLeast, double bound) {
  /** Durable commands per second, of raw inserts per second. */
  static final Mark COMMANDS = new Mark(true, true, 0.3);

  /** Milliseconds from a command's answer until it is visible, 99th percentile. */
  static final Mark VISIBLE = new Mark(false, false, 250);

  /** Events per second that get their places in the log and go out to Kafka. */
  static final Mark APPENDS = new Mark(false, true, 2_900);

  /** Processor time of the log, of that of a whole command. */
  static final Mark LOG = new Mark(true, false, 0.03);

  /** Lists per second, of those of the bare endpoint. */
  static final Mark LISTS = new Mark(true, true, 0.6);

  /** Verifications of hmac-sha256 per second, of those of the bare endpoint. */
  static final Mark HMAC = new Mark(true, true, 0.7);

  /** Verifications of ed25519 per second, of those of the bare endpoint. */
  static final Mark ED25519 = new Mark(true, true, 0.8);

  /** Nonces per second with a guard that nodes share, of raw inserts per second. */
  static final Mark SHARED_GUARD = new Mark(true, true, 0.6);

  /** Events decoded and folded per second, of those that a plain consumer gets. */
  static final Mark REPLAY = new Mark(true, true, 0.35);

  /** Views per second that a rebuild makes, of raw bulk upserts of such documents per second. */
  static final Mark REBUILD = new Mark(true, true, 0.6);

  /** MB of memory after load. */
  static final Mark RESIDENT = new Mark(false, false, 450);

  /** CPU seconds until the first answer, of those of the empty application. */
  static final Mark START = new Mark(true, false, 2);

  /** Seconds until {@code infra/up} is ready. */
  static final Mark READY = new Mark(false, false, 60);

  boolean isReached(double figure, double ratio) {
    double value = ofRatio ? ratio : figure;
    return atLeast ? value >= bound : value <= bound;
  }

  @Override
  public String toString() {
    String format = ofRatio ? "%s %.2f of it" : "%s %.0f";
    return String.format(Locale.ROOT, format, atLeast ? "≥" : "≤", bound);
  }
}
