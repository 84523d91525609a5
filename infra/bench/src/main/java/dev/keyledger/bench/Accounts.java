package dev.keyledger.bench;

import dev.keyledger.local.LocalIssuer;
import dev.keyledger.local.TokenRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Makes accounts with tokens of the platform's issuer. */
final class Accounts {
  private final LocalIssuer issuer;

  Accounts(Platform platform) throws IOException {
    issuer =
        LocalIssuer.open(
            platform.issuerKey(),
            "http://localhost:" + platform.localPort(),
            InstantSource.system());
  }

  List<Account> create(int number) {
    return IntStream.range(0, number).parallel().mapToObj(i -> create()).toList();
  }

  /** A token for somebody who is no account, such as a gateway. */
  String token(TokenRequest request) {
    return issuer.token(request);
  }

  private Account create() {
    String id = "acct-" + UUID.randomUUID();
    String email = id + "@example.com";
    String token = issuer.token(new TokenRequest(id, email, null));
    return new Account(id, email, token, new AtomicLong());
  }
}
