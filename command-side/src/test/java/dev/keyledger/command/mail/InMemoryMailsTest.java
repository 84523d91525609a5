package dev.keyledger.command.mail;

import java.time.InstantSource;

/** The fake keeps the contract that tests rely on. */
class InMemoryMailsTest extends MailsContract {
  private InMemoryMails.Table table = new InMemoryMails.Table();

  @Override
  void reset() {
    table = new InMemoryMails.Table();
  }

  @Override
  Mails node(String nodeId, InstantSource clock) {
    return new InMemoryMails(table, clock, nodeId);
  }
}
