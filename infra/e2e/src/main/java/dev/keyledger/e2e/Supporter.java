package dev.keyledger.e2e;

import java.util.Map;

/** Somebody at the exchange's support. */
public final class Supporter {
  private final String command;
  private final Http http;
  private final String token;

  /**
   * Signs in with the scope that the support has.
   *
   * @param http for what the supporter does
   * @param quiet for the token
   */
  public Supporter(Endpoints endpoints, Http http, Http quiet) {
    this.command = endpoints.command();
    this.http = http;
    this.token =
        quiet
            .call(
                "POST",
                endpoints.local() + "/dev/token",
                Map.of("sub", "support-12", "scope", "keys:support"),
                Map.of())
            .expect(200)
            .body()
            .path("access_token")
            .asString();
  }

  /** Erases who is behind an account. */
  public Answer erase(String accountId) {
    return http.call(
        "DELETE",
        command + "/v1/support/accounts/" + accountId + "/person",
        null,
        Map.of("Authorization", "Bearer " + token));
  }
}
