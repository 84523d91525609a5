package dev.keyledger.command.mail;

import dev.keyledger.command.MigratedDatabase;
import java.time.InstantSource;

/** The contract on PostgreSQL. */
class JdbcContactsIT extends ContactsContract {
  @Override
  Contacts contacts() {
    return new JdbcContacts(MigratedDatabase.fresh(), InstantSource.system());
  }
}
