package dev.keyledger.bench;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One figure of the result.
 *
 * @param limit the same figure of what ours is compared with
 */
record Row(String figure, String unit, double ours, OptionalDouble limit, Optional<Mark> mark) {

  static Row of(String figure, String unit, double ours) {
    return new Row(figure, unit, ours, OptionalDouble.empty(), Optional.empty());
  }

  Row against(double other) {
    return new Row(figure, unit, ours, OptionalDouble.of(other), mark);
  }

  Row mark(Mark wanted) {
    return new Row(figure, unit, ours, limit, Optional.of(wanted));
  }

  /** Ours in parts of the limit. */
  OptionalDouble ratio() {
    return limit.isPresent() ? OptionalDouble.of(ours / limit.getAsDouble()) : limit;
  }

  /** Whether the mark is reached; empty without one. */
  Optional<Boolean> reached() {
    return mark.map(it -> it.isReached(ours, ratio().orElse(Double.NaN)));
  }
}
