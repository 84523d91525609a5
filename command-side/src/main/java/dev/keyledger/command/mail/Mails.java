package dev.keyledger.command.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The mails that are due, claimed, sent or given up. A mail that ended stays ended. */
interface Mails {
  /**
   * A node that claimed a mail and says nothing for so long has lost it to the others. It is longer
   * than the mail server may take for one mail, with every time-out of application.yaml run out: 5
   * s to connect, 10 s for the greeting, and 20 s, 10 each way, for every command: EHLO, STARTTLS
   * and EHLO again, three for AUTH, MAIL, RCPT, DATA and the mail itself: 215 s. QUIT waits for
   * nothing.
   */
  Duration LEASE = Duration.ofMinutes(5);

  /**
   * A mail that this node may send.
   *
   * @param position of the event that calls for it
   * @param attempt 1 for the first
   */
  record Due(String accountId, long position, int attempt) {}

  /** Why a mail was given up. */
  enum Reason {
    EXPIRED,
    SUPERSEDED,
    SAID_ALREADY,
    NO_ADDRESS,
    ERASED,
    REJECTED
  }

  /** Notes a mail as due now; does nothing if it was ever noted before. */
  void note(String accountId, long position);

  /** Claims mails that are due, oldest first. */
  List<Due> claim(int most);

  /** Makes due again what this node had claimed before it was restarted. */
  void reclaim();

  /** Whether the mail did not end, and nobody claimed it since. */
  boolean isStillOurs(Due mail);

  void sent(Due mail);

  void drop(Due mail, Reason reason);

  /** Gives up every mail to an account that was not sent yet, whoever may have claimed it. */
  void dropAll(String accountId, Reason reason);

  /** Makes due again at an instant, unless the mail ended or was claimed once more since. */
  void retryAt(Due mail, Instant when);

  /** Mails that wait to be sent. */
  long pending();
}
