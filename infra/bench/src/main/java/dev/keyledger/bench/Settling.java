package dev.keyledger.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Waits until all that a round has caused is done, so that it doesn't weigh on the next. */
final class Settling {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int PROBES = 100;

  private Settling() {}

  /**
   * Waits until the query side shows the last commands of these accounts and no mail is to be sent.
   *
   * @throws IOException if it takes too long
   */
  static void await(Stage stage, List<Account> accounts)
      throws IOException, SQLException, InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    try (Connection query = new Connection(stage.platform().queryPort())) {
      int step = Math.max(1, accounts.size() / PROBES);
      for (int i = 0; i < accounts.size(); i += step) {
        Request look = accounts.get(i).lookAfterLastCommand("/v1/account");
        while (query.exchange(look).status() != 200) {
          giveUp(end, "The query side did not catch up");
        }
      }
    }
    while (stage.ledger().pendingMails() > 0) {
      giveUp(end, "The mails were not all sent");
      Thread.sleep(POLL);
    }
  }

  private static void giveUp(long end, String sentence) throws IOException {
    if (System.nanoTime() > end) {
      throw new IOException(sentence + " within " + LONGEST);
    }
  }
}
