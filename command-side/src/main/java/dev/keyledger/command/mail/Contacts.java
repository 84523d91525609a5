package dev.keyledger.command.mail;

import java.util.Optional;

/** The address of each account: the one thing that must be kept and must be erasable. */
public interface Contacts {

  /** Notes the address that the account's token names now. */
  void remember(String accountId, String email);

  /** Erases the address; does nothing if there is none. */
  void forget(String accountId);

  /** The address to write to; empty if none was ever named, or it was erased. */
  Optional<String> of(String accountId);
}
