package dev.keyledger.command.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What holds for contacts, wherever they are kept. */
abstract class ContactsContract {
  abstract Contacts contacts();

  @Test
  void knowsNobodyAtFirst() {
    assertThat(contacts().of("alice")).isEmpty();
  }

  @Test
  void remembersTheLatestAddressOfEach() {
    Contacts contacts = contacts();
    contacts.remember("alice", "alice@example.com");
    contacts.remember("bob", "bob@example.com");
    contacts.remember("alice", "alice@example.org");
    contacts.remember("bob", "bob@example.com");

    assertThat(contacts.of("alice")).contains("alice@example.org");
    assertThat(contacts.of("bob")).contains("bob@example.com");
  }

  @Test
  void forgetsOneUntilItIsToldAgain() {
    Contacts contacts = contacts();
    contacts.forget("carol");
    contacts.remember("carol", "carol@example.com");
    contacts.remember("dave", "dave@example.com");
    contacts.forget("carol");

    assertThat(contacts.of("carol")).isEmpty();
    assertThat(contacts.of("dave")).contains("dave@example.com");
    contacts.remember("carol", "carol@example.com");
    assertThat(contacts.of("carol")).contains("carol@example.com");
  }
}
