package dev.keyledger.e2e;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A user of the exchange with a token, a mail box and, once switched on, an authenticator. */
public final class AccountHolder {
  private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{8}(?!\\d)");
  private static final long MAIL_WITHIN_MILLIS = 30_000;

  private final Endpoints endpoints;
  private final Http http;
  private final String sub;
  private final String token;
  private final Http quiet;
  private long position;
  private int codesRead;
  private @Nullable Authenticator authenticator;

  /**
   * Signs in as somebody new.
   *
   * @param http for what the account holder does
   * @param quiet for what happens around it: the token, looking for mails
   */
  public AccountHolder(Endpoints endpoints, Http http, Http quiet) {
    this(endpoints, http, quiet, "acct-" + UUID.randomUUID().toString().substring(0, 8));
  }

  private AccountHolder(Endpoints endpoints, Http http, Http quiet, String sub) {
    this.endpoints = endpoints;
    this.http = http;
    this.quiet = quiet;
    this.sub = sub;
    this.token =
        quiet
            .call(
                "POST",
                endpoints.local() + "/dev/token",
                Map.of("sub", sub, "email", email()),
                Map.of())
            .expect(200)
            .body()
            .path("access_token")
            .asString();
  }

  /** The {@code sub} of the token. */
  public String accountId() {
    return sub;
  }

  /** Where the codes go. */
  public String email() {
    return sub + "@example.com";
  }

  /** The position after the last command. */
  public long position() {
    return position;
  }

  /** The authenticator, once the second factor was enrolled. */
  public @Nullable Authenticator authenticator() {
    return authenticator;
  }

  /** Asks the command side for something. */
  public Answer command(String method, String path, @Nullable Object body) {
    Answer answer =
        http.call(
            method, endpoints.command() + path, body, Map.of("Authorization", "Bearer " + token));
    if (answer.position() >= 0) {
      position = answer.position();
    }
    return answer;
  }

  /** Asks the query side, and to wait until it has seen the last command. */
  public Answer query(String path) {
    return query(http, path);
  }

  /** The keys of the list, without anybody watching. */
  public Set<String> publicApiKeys() {
    return Set.copyOf(
        query(quiet, "/v1/keys")
            .expect(200)
            .body()
            .path("keys")
            .findValuesAsString("publicApiKey"));
  }

  private Answer query(Http by, String path) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", "Bearer " + token);
    headers.put("Keyledger-Min-Position", Long.toString(position));
    return by.call("GET", endpoints.query() + path, null, headers);
  }

  /** Enrols an authenticator and proves that it works. */
  public void enableTwoFactor() {
    JsonNode enrolment = command("POST", "/v1/two-factor", null).expect(201).body();
    Authenticator fresh = new Authenticator(enrolment.path("secret").asString());
    command("POST", "/v1/two-factor/confirmation", Map.of("totp", fresh.nextCode())).expect(204);
    authenticator = fresh;
  }

  /** Waits for the mail with the next code, and reads it. */
  public Mail awaitCodeMail() {
    long deadline = System.currentTimeMillis() + MAIL_WITHIN_MILLIS;
    while (System.currentTimeMillis() < deadline) {
      JsonNode mails =
          quiet
              .call("GET", endpoints.local() + "/dev/mail?to=" + email(), null, Map.of())
              .expect(200)
              .body();
      int found = 0;
      Mail newest = null;
      for (JsonNode mail : mails) {
        Matcher code = CODE.matcher(mail.path("text").asString());
        if (code.find()) {
          found++;
          if (newest == null) {
            newest =
                new Mail(
                    mail.path("subject").asString(), mail.path("text").asString(), code.group());
          }
        }
      }
      if (newest != null && found > codesRead) {
        codesRead = found;
        return newest;
      }
      pause();
    }
    throw new IllegalStateException("No mail with a code within " + MAIL_WITHIN_MILLIS + " ms.");
  }

  /** Enters the code from the mail, and the authenticator's where there is one. */
  public Answer verify(JsonNode challenge, String emailCode) {
    Map<String, Object> codes = new HashMap<>();
    codes.put("emailCode", emailCode);
    if (authenticator != null) {
      codes.put("totp", authenticator.nextCode());
    }
    String id = challenge.path("challengeId").asString();
    Answer answer = command("POST", "/v1/challenges/" + id + "/verification", codes);
    if (authenticator != null && answer.status() >= 400) {
      authenticator.giveBack();
    }
    return answer;
  }

  /** A mail with a code in it. */
  public record Mail(String subject, String text, String code) {}

  /** A tenth of a second. */
  static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting.", e);
    }
  }
}
