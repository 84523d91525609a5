package dev.keyledger.command;

/** A setting that the service can't start with. The message is a sentence for the operator. */
public final class InvalidSettingException extends IllegalArgumentException {
  /**
   * @param message names the setting and what it must be, and never quotes a secret
   */
  public InvalidSettingException(String message) {
    super(message);
  }
}
