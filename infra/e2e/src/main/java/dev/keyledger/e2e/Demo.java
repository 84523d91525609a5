package dev.keyledger.e2e;

import dev.keyledger.client.KeyledgerSigner;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Walks through everything that an account holder can do, and what operators and auditors see of
 * it, against a running set-up: each request and answer, each mail, each event as it appears on
 * Kafka.
 */
public final class Demo implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String VALID = "valid";

  /** An address that the key may be used from once it was edited. */
  private static final String TRUSTED = "203.0.113.7";

  private final Narrator narrator = new Narrator(System.out);
  private final AccountHolder alice;
  private final Supporter support;
  private final Gateway gateway;
  private final Operator operator;
  private final EventReader events;
  private final @Nullable Auditor auditor;
  private long shown;

  private Demo(Endpoints endpoints, @Nullable String verifierKey) {
    Http quiet = new Http((method, url, body, answer) -> {});
    alice = new AccountHolder(endpoints, new Http(narrator), quiet);
    support = new Supporter(endpoints, new Http(narrator), quiet);
    gateway = new Gateway(endpoints, new Http(narrator), quiet);
    operator = new Operator(endpoints, new Http(narrator), quiet);
    events = new EventReader(endpoints.kafka(), alice.accountId());
    auditor =
        verifierKey == null ? null : new Auditor(endpoints, verifierKey, new Http(narrator), quiet);
    narrator.say(
        "Keyledger, step by step. Alice is signed in at the exchange as "
            + alice.accountId()
            + ";\nher token goes with every request. Codes go to "
            + alice.email()
            + ".");
  }

  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    try (Demo demo = new Demo(Endpoints.from(environment), environment.get("VERIFIER_KEY"))) {
      demo.twoFactor();
      JsonNode made = demo.createKey();
      demo.list();
      demo.edit(publicApiKey(made));
      demo.sign(made);
      long edited = demo.alice.position();
      JsonNode rotated = demo.rotate(made);
      demo.disable(made, rotated);
      demo.rebuild();
      demo.delete(publicApiKey(rotated));
      demo.deleteAll();
      demo.log(publicApiKey(made), edited);
      demo.leave();
      demo.narrator.say("\nThat is all of it. Run it again: each time somebody new signs in.");
    } catch (RuntimeException failure) {
      System.err.println("\nThe demo stopped: " + failure.getMessage());
      System.err.println("Is the set-up running? Start it with infra/up.");
      System.exit(1);
    }
  }

  @Override
  public void close() {
    events.close();
  }

  private void twoFactor() {
    narrator.chapter("Two-factor authentication comes first");
    narrator.say("Without it, nobody gets a key.");
    alice.command("POST", "/v1/keys", Map.of("label", "TradingBot1")).expect(409);
    narrator.say("\nSo Alice enrols her authenticator app, and proves that it works.");
    alice.enableTwoFactor();
    showEvents();
  }

  private JsonNode createKey() {
    narrator.chapter("A key, confirmed with two codes");
    narrator.say(
        "Asking for a key changes nothing yet: it opens a challenge, and a code is mailed.");
    JsonNode challenge =
        alice
            .command(
                "POST", "/v1/keys", Map.of("label", "TradingBot1", "permissions", List.of("read")))
            .expect(202)
            .body();
    String code = readMail();
    narrator.say("\nA wrong code is remembered, and nothing tells which of the two was wrong.");
    alice.verify(challenge, code.equals("00000000") ? "00000001" : "00000000").expect(422);
    narrator.say("\nWith the right codes the key is made. Its private key is shown once, here.");
    Answer made = confirm(challenge, code).expect(201);
    showEvents();
    return made.body();
  }

  private void list() {
    narrator.chapter("The list");
    narrator.say(
        "It is built from Kafka, a moment later. Keyledger-Min-Position makes the answer wait until"
            + "\nit holds Alice's own last step. The list warns of keys that every IP may use.");
    alice.query("/v1/keys").expect(200);
  }

  private void edit(String key) {
    narrator.chapter("What a key may do, and from where");
    narrator.say("Bad input is refused before any code is sent.");
    String path = "/v1/keys/" + key + "/permissions";
    alice
        .command(
            "PUT",
            path,
            Map.of("permissions", List.of("trade"), "trustedIps", List.of("010.0.0.1")))
        .expect(422);
    JsonNode challenge =
        alice
            .command(
                "PUT",
                path,
                Map.of(
                    "permissions", List.of("trade", "withdraw"),
                    "trustedIps", List.of(TRUSTED, "2001:DB8:0::/48")))
            .expect(202)
            .body();
    confirm(challenge, readMail()).expect(200);
    showEvents();
    alice.query("/v1/keys/" + key).expect(200);
  }

  private void sign(JsonNode made) {
    narrator.chapter("The key at work");
    narrator.say(
        "Alice's program signs an order with the private key (RFC 9421). The exchange's gateway asks"
            + "\nKeyledger whether the key may do what the order asks, from where it came.");
    HttpRequest order = Gateway.order(signer(made));
    ask(order, TRUSTED, VALID);
    narrator.say("\nThe same request again is a replay.");
    ask(order, TRUSTED, "nonce-reused");
    narrator.say("\nA fresh one from an address that Alice does not trust is refused as well.");
    ask(Gateway.order(signer(made)), "198.51.100.99", "ip-not-trusted");
  }

  private JsonNode rotate(JsonNode made) {
    narrator.chapter("A new key in the old one's place");
    narrator.say(
        "The old key goes on working for an hour, so that nothing stands still meanwhile.");
    String path = "/v1/keys/" + publicApiKey(made) + "/rotation";
    JsonNode challenge = alice.command("POST", path, Map.of("grace", "PT1H")).expect(202).body();
    JsonNode rotated = confirm(challenge, readMail()).expect(201).body();
    showEvents();
    narrator.say("\nBoth are accepted, the new one first:");
    ask(Gateway.order(signer(rotated)), TRUSTED, VALID);
    ask(Gateway.order(signer(made)), TRUSTED, VALID);
    return rotated;
  }

  private void disable(JsonNode old, JsonNode rotated) {
    narrator.chapter("Closing a door is easy");
    narrator.say(
        "Alice sees the old key used where it should not be, and disables it: at once, with no code.");
    alice.command("POST", "/v1/keys/" + publicApiKey(old) + "/disable", null).expect(200);
    showEvents();
    narrator.say("\nIts next order is refused; the new key's is not.");
    ask(Gateway.order(signer(old)), TRUSTED, "key-disabled");
    ask(Gateway.order(signer(rotated)), TRUSTED, VALID);
    alice.query("/v1/keys").expect(200);
  }

  private void rebuild() {
    narrator.chapter("The views, built anew");
    narrator.say(
        "Whatever can be read is made of events alone. So an operator may have it made anew, beside what"
            + "\nis served; Alice asks for her list all the while.");
    Set<String> keys = alice.publicApiKeys();
    JsonNode begun = operator.rebuild().expect(202).body();
    narrator.say("");
    Set<String> told = new HashSet<>();
    AtomicInteger lists = new AtomicInteger();
    operator.watch(
        begun,
        now -> {
          if (!alice.publicApiKeys().equals(keys)) {
            throw new IllegalStateException("The list is another one while views are built anew.");
          }
          lists.incrementAndGet();
          String progress = progress(now);
          if (now.path("eventsTotal").asLong() > 0 && told.add(progress)) {
            narrator.say(progress);
          }
        });
    narrator.say(
        "\nThe new views are served. Alice asked %d times meanwhile, and had her list each time."
            .formatted(lists.get()));
  }

  private static String progress(JsonNode rebuild) {
    return "  … %s: %d of %d events"
        .formatted(
            rebuild.path("state").asString(),
            rebuild.path("eventsDone").asLong(),
            rebuild.path("eventsTotal").asLong());
  }

  /** Asks, and stops where the answer is not the one that the story goes on with. */
  private void ask(HttpRequest order, String sourceIp, String expected) {
    JsonNode answer = gateway.ask(order, "trade", sourceIp, alice.position()).expect(200).body();
    String verdict = answer.path("valid").asBoolean() ? VALID : answer.path("reason").asString();
    if (!verdict.equals(expected)) {
      throw new IllegalStateException("Expected " + expected + ", got " + verdict);
    }
  }

  private static KeyledgerSigner signer(JsonNode made) {
    return KeyledgerSigner.ed25519(
        publicApiKey(made), made.path("secret").path("value").asString());
  }

  private static String publicApiKey(JsonNode made) {
    return made.path("key").path("publicApiKey").asString();
  }

  private void delete(String key) {
    narrator.chapter("One key is deleted");
    JsonNode challenge = alice.command("DELETE", "/v1/keys/" + key, null).expect(202).body();
    confirm(challenge, readMail()).expect(200);
    showEvents();
    alice.query("/v1/keys/" + key).expect(404);
  }

  private void deleteAll() {
    narrator.chapter("All keys are deleted");
    narrator.say("This time the key's secret is one for HMAC; it is derived, and stored nowhere.");
    JsonNode create =
        alice
            .command(
                "POST", "/v1/keys", Map.of("label", "Second Bot 2", "algorithm", "hmac-sha256"))
            .expect(202)
            .body();
    confirm(create, readMail()).expect(201);
    JsonNode challenge = alice.command("DELETE", "/v1/keys", null).expect(202).body();
    confirm(challenge, readMail()).expect(200);
    showEvents();
    alice.query("/v1/keys").expect(200);
  }

  private void log(String key, long edited) {
    narrator.chapter("The log, which nobody can change unseen");
    if (auditor == null) {
      narrator.say("It takes the log's verifier key to look into it: set VERIFIER_KEY.");
      return;
    }
    narrator.say(
        "Every event is a leaf of one Merkle tree, whose root is signed about once a second:\n\n"
            + auditor.checkpoint().indent(4).stripTrailing());
    narrator.say(
        "\nAlice takes a receipt for her last step. The auditor proves with it, and with the log's key"
            + "\nalone, that this event is in the tree that was signed.");
    String receipt = "/v1/audit/receipts/" + alice.accountId() + "/" + alice.position();
    Auditor.Proven proven = auditor.prove(alice.query(receipt).expect(200).body());
    narrator.say(
        "\n  ✓ proven with %d hashes: event %d of the %d that were signed is\n%s"
            .formatted(
                proven.hashes(),
                proven.logIndex(),
                proven.treeSize(),
                proven.event().indent(4).stripTrailing()));
    narrator.say(
        "\nWho let Alice's first key trade and withdraw, and with which factors? The state as it was"
            + "\nthen tells, although the key is gone by now.");
    auditor.state(alice.accountId(), edited, key).expect(200);
    narrator.say(
        "\nWhoever lives on events follows them live, and goes on after any of them:\n\n"
            + String.join("\n", auditor.nextOfStream(proven.logIndex() - 1))
                .indent(4)
                .stripTrailing());
    narrator.say(
        "\nAnd all of it, made anew from what lies on Kafka and held against all that was signed:"
            + "\n\n  $ infra/keyledger-audit verify --broker … --verifier-key …\n"
            + auditor.audit("verify").indent(4).stripTrailing());
  }

  private void leave() {
    narrator.chapter("Alice leaves the exchange");
    narrator.say(
        "The support erases who she is. No event ever held her address, so none has to change, and"
            + "\nevery proof of the log stays valid.");
    showEventsUntil(support.erase(alice.accountId()).expect(204).position());
  }

  private Answer confirm(JsonNode challenge, String code) {
    Authenticator authenticator = alice.authenticator();
    if (authenticator != null && authenticator.mustWait()) {
      narrator.say(
          "\n  (An authenticator code works once: waiting for the app to show the next one.)");
    }
    return alice.verify(challenge, code);
  }

  private String readMail() {
    AccountHolder.Mail mail = alice.awaitCodeMail();
    narrator.mail(mail);
    return mail.code();
  }

  private void showEvents() {
    showEventsUntil(alice.position());
  }

  private void showEventsUntil(long position) {
    narrator.say("\n  Meanwhile on Kafka:");
    for (EventReader.Event event : events.readUntil(position, SOON)) {
      if (event.position() > shown) {
        narrator.event(event);
        shown = event.position();
      }
    }
  }
}
