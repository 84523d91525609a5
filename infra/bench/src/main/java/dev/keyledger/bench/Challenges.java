package dev.keyledger.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** A caller whose accounts have the second factor, and who opens one challenge after another. */
final class Challenges implements Caller {
  private static final String KEY = "{\"label\":\"Trading Bot 1\",\"permissions\":[\"trade\"]}";

  private final Connection connection;
  private final List<Account> accounts;
  private final List<Request> requests;
  private int next;

  Challenges(Platform platform, List<Account> accounts) throws IOException {
    this.connection = new Connection(platform.commandPort());
    this.accounts = accounts;
    this.requests = accounts.stream().map(it -> Request.post("/v1/keys", it.token(), KEY)).toList();
  }

  /** Gives the accounts their second factor. */
  static void enable(Platform platform, List<Account> accounts) throws IOException {
    try (Connection connection = new Connection(platform.commandPort())) {
      for (Account account : accounts) {
        Answer enrolment =
            connection.exchange(Request.post("/v1/two-factor", account.token(), "")).expect(201);
        String code = Totp.code(enrolment.json().get("secret").asString(), Instant.now());
        String body = "{\"totp\":\"" + code + "\"}";
        Answer _ =
            connection
                .exchange(Request.post("/v1/two-factor/confirmation", account.token(), body))
                .expect(204);
      }
    }
  }

  @Override
  public void call() throws IOException {
    int turn = next++ % accounts.size();
    Answer _ = accounts.get(turn).moved(connection.exchange(requests.get(turn)).expect(202));
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
