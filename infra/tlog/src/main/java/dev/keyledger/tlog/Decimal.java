package dev.keyledger.tlog;

/** Numbers in ASCII digits without leading zeroes, as sizes, indexes and times are written. */
final class Decimal {
  private Decimal() {}

  /** From 0 to 2^63 - 1. */
  static long parse(String text) throws MalformedException {
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && Long.toString(number).equals(text)) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // refused below
    }
    throw new MalformedException("not a decimal number from 0 to 2^63 - 1 without leading zeroes");
  }
}
