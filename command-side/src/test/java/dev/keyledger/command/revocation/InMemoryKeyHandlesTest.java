package dev.keyledger.command.revocation;

/** The fake keeps the contract that tests rely on. */
class InMemoryKeyHandlesTest extends KeyHandlesContract {
  @Override
  KeyHandles handles() {
    return new InMemoryKeyHandles();
  }
}
