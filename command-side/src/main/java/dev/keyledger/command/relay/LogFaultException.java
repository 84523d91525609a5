package dev.keyledger.command.relay;

/** The log and the event store don't agree; nothing is published until somebody has looked. */
final class LogFaultException extends RuntimeException {
  /**
   * @param message says what doesn't fit, and names neither accounts nor what is in an event
   */
  LogFaultException(String message) {
    super(message);
  }
}
