package dev.keyledger.bench;

import java.io.IOException;
import java.util.List;

/** A caller who starts enrolments of the second factor: one command, one event. */
final class Enrolments implements Caller {
  private final Connection connection;
  private final List<Account> accounts;
  private final List<Request> requests;
  private int next;

  /**
   * @param accounts nobody else's, so that no two commands meet on one account
   */
  Enrolments(Platform platform, List<Account> accounts) throws IOException {
    this.connection = new Connection(platform.commandPort());
    this.accounts = accounts;
    this.requests =
        accounts.stream().map(it -> Request.post("/v1/two-factor", it.token(), "")).toList();
  }

  @Override
  public void call() throws IOException {
    Account _ = enrol();
  }

  /** Does the same and says for whom. */
  Account enrol() throws IOException {
    int turn = next++ % accounts.size();
    Account account = accounts.get(turn);
    Answer _ = account.moved(connection.exchange(requests.get(turn)).expect(201));
    return account;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
