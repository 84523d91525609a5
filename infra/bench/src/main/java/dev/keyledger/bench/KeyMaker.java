package dev.keyledger.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Makes keys for an account in the way of its owner: challenge, mail, code. */
final class KeyMaker implements AutoCloseable {
  private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{8}(?!\\d)");
  private static final Duration MAIL = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Connection commands;
  private final Connection mails;

  KeyMaker(Platform platform) throws IOException {
    commands = new Connection(platform.commandPort());
    mails = new Connection(platform.localPort());
  }

  /** Makes so many keys for an account that has none. */
  void make(Account account, int number) throws IOException, InterruptedException {
    for (int i = 1; i <= number; i++) {
      String key = "{\"label\":\"Trading Bot %d\",\"permissions\":[\"trade\"]}".formatted(i);
      Answer challenge =
          commands.exchange(Request.post("/v1/keys", account.token(), key)).expect(202);
      String id = challenge.json().get("challengeId").asString();
      String body = "{\"emailCode\":\"" + code(account, i) + "\"}";
      Request verification =
          Request.post("/v1/challenges/" + id + "/verification", account.token(), body);
      Answer _ = account.moved(commands.exchange(verification).expect(201));
    }
  }

  @Override
  public void close() throws IOException {
    commands.close();
    mails.close();
  }

  /** The code in the newest mail, once there are so many mails with codes. */
  private String code(Account account, int number) throws IOException, InterruptedException {
    Request request = Request.get("/dev/mail?to=" + account.email(), "");
    long end = System.nanoTime() + MAIL.toNanos();
    while (System.nanoTime() < end) {
      List<String> codes =
          mails
              .exchange(request)
              .expect(200)
              .json()
              .valueStream()
              .flatMap(KeyMaker::codes)
              .toList();
      if (codes.size() >= number) {
        return codes.getFirst();
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
