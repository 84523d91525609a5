package dev.keyledger.bench;

import java.nio.file.Path;

/**
 * What every figure is measured on.
 *
 * @param folder for files that go with the run
 */
record Stage(
    Options options,
    Path folder,
    Platform platform,
    Accounts accounts,
    Ledger ledger,
    Cleanup cleanup,
    Report report) {

  /** Tells who waits how far it is, beside the result. */
  void say(String what, int round) {
    System.err.printf("round %d of %d: %s%n", round + 1, options.rounds(), what);
  }
}
