package dev.keyledger.local;

/** Why the local set-up can't run, in a sentence for the person who started it. */
final class LaunchException extends Exception {
  LaunchException(String message) {
    super(message);
  }
}
