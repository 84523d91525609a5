package dev.keyledger.command.keyring;

/**
 * The outcome of a command and the position of the key ring after it.
 *
 * @param position number of the last event of the account's key ring, 0 if there is none
 */
public record Decision(Outcome outcome, long position) {}
