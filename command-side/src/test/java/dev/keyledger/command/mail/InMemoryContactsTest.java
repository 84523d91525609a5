package dev.keyledger.command.mail;

/** The fake keeps the contract that tests rely on. */
class InMemoryContactsTest extends ContactsContract {
  @Override
  Contacts contacts() {
    return new InMemoryContacts();
  }
}
