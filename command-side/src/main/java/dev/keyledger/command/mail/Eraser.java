package dev.keyledger.command.mail;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.PersonErased;

/**
 * Erases a person's address together with the event that tells of it, and gives up what waits to be
 * sent there. Nothing else in the store holds an address, or part of one.
 */
final class Eraser {
  private final Contacts contacts;
  private final Mails mails;

  Eraser(Contacts contacts, Mails mails) {
    this.contacts = contacts;
    this.mails = mails;
  }

  void on(KeyRingEvent event) {
    if (event instanceof PersonErased erased) {
      contacts.forget(erased.accountId());
      mails.dropAll(erased.accountId(), Mails.Reason.ERASED);
    }
  }
}
