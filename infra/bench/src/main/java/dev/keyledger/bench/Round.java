package dev.keyledger.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * What one round measured.
 *
 * @param perSecond operations per second
 * @param p50 median latency, in milliseconds
 * @param p99 99th percentile of the latency, in milliseconds
 */
record Round(double perSecond, double p50, double p99) {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long LONGEST_NANOS = 120_000_000_000L;

  /** A histogram of nanoseconds that {@link #of} reads. */
  static Histogram histogram() {
    return new Histogram(LONGEST_NANOS, 3);
  }

  /** What was recorded in so much time. */
  static Round of(Histogram nanos, Duration time) {
    return new Round(
        nanos.getTotalCount() / (time.toNanos() / 1e9),
        nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
        nanos.getValueAtPercentile(99) / NANOS_PER_MILLI);
  }

  /** The medians of several rounds, each figure for itself. */
  static Round median(List<Round> rounds) {
    return new Round(
        median(rounds, Round::perSecond), median(rounds, Round::p50), median(rounds, Round::p99));
  }

  /** The middle value, or the mean of the two in the middle. */
  static <T> double median(List<T> values, ToDoubleFunction<T> figure) {
    double[] sorted = values.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("No median of " + Arrays.toString(sorted));
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
