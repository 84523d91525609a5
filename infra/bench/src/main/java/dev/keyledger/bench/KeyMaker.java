package dev.keyledger.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Makes and deletes keys of an account in the way of its owner: challenge, mail, code. */
final class KeyMaker implements AutoCloseable {
  private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{8}(?!\\d)");
  private static final Duration MAIL = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Account account;
  private final Connection commands;
  private final Connection mails;
  private int codes;
  private int keys;

  /**
   * @param account one that nobody made a key for yet
   */
  KeyMaker(Platform platform, Account account) throws IOException {
    this.account = account;
    commands = new Connection(platform.commandPort());
    mails = new Connection(platform.localPort());
  }

  /** Makes so many keys. */
  void make(int number) throws IOException, InterruptedException {
    for (int i = 0; i < number; i++) {
      SigningKey _ = make("hmac-sha256");
    }
  }

  /** Makes one key. */
  SigningKey make(String algorithm) throws IOException, InterruptedException {
    String key =
        "{\"label\":\"Trading Bot %d\",\"permissions\":[\"trade\"],\"algorithm\":\"%s\"}"
            .formatted(++keys, algorithm);
    return SigningKey.of(confirmed(Request.post("/v1/keys", account.token(), key)).expect(201));
  }

  /** Deletes one key; it is gone when this returns. */
  void delete(SigningKey key) throws IOException, InterruptedException {
    String path = "/v1/keys/" + key.publicApiKey();
    Answer _ = confirmed(Request.delete(path, account.token())).expect(200);
  }

  @Override
  public void close() throws IOException {
    commands.close();
    mails.close();
  }

  private Answer confirmed(Request request) throws IOException, InterruptedException {
    String id = commands.exchange(request).expect(202).json().get("challengeId").asString();
    String body = "{\"emailCode\":\"" + awaitCode() + "\"}";
    return account.moved(
        commands.exchange(
            Request.post("/v1/challenges/" + id + "/verification", account.token(), body)));
  }

  /** The code in the newest mail, once there is one more mail with a code than before. */
  private String awaitCode() throws IOException, InterruptedException {
    Request request = Request.get("/dev/mail?to=" + account.email(), "");
    codes++;
    long end = System.nanoTime() + MAIL.toNanos();
    while (System.nanoTime() < end) {
      List<String> all =
          mails
              .exchange(request)
              .expect(200)
              .json()
              .valueStream()
              .flatMap(KeyMaker::codes)
              .toList();
      if (all.size() >= codes) {
        return all.getFirst();
      }
      Thread.sleep(POLL);
    }
    throw new IOException("There was no mail with a code within " + MAIL);
  }

  private static Stream<String> codes(JsonNode mail) {
    Matcher code = CODE.matcher(mail.get("text").asString());
    return code.results().limit(1).map(MatchResult::group);
  }
}
