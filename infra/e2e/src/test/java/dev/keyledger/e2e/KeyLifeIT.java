package dev.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.client.KeyledgerSigner;
import dev.keyledger.local.LocalKafka;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What becomes of a key, and what the gateway is told at each step, over both services. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyLifeIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String ANYWHERE = "198.51.100.7";
  private static final int RACES = 20;

  private LocalKafka kafka;
  private Path logs;
  private Setup setup;
  private Gateway gateway;
  private int labels;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    logs = folder;
    // The log is one only on a broker of its own: the others' is shared by several of them.
    kafka = LocalKafka.start(folder.resolve("kafka"), 0);
    Map<String, String> settings = new HashMap<>();
    settings.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
    settings.put("keyledger.two-factor.policy", "if-enrolled");
    settings.put("keyledger.codes.resend-cooldown", "0s");
    setup =
        new Setup(
            folder,
            settings,
            Map.of(
                "spring.kafka.bootstrap-servers",
                kafka.bootstrapServers(),
                "keyledger.verification.replay-guard",
                "shared"));
    gateway = setup.gateway();
  }

  @AfterAll
  void stop() {
    setup.close();
    kafka.close();
  }

  @Test
  void aKeyIsDisabledAndEnabledAndDeleted() {
    AccountHolder alice = setup.newAccount();
    JsonNode made = make(alice, "ed25519");
    HttpRequest order = Gateway.order(signer(made));

    JsonNode accepted = gateway.ask(order, "trade", ANYWHERE, alice.position()).body();
    assertThat(accepted.path("valid").asBoolean()).isTrue();
    assertThat(accepted.path("accountId").asString()).isEqualTo(alice.accountId());
    assertThat(reason(gateway.ask(order, "trade", ANYWHERE, 0))).isEqualTo("nonce-reused");
    assertThat(ask(alice, made, "withdraw")).isEqualTo("permission-missing");

    alice.command("POST", path(made) + "/disable", null).expect(200);
    assertThat(ask(alice, made, "trade")).isEqualTo("key-disabled");

    confirm(alice, alice.command("POST", path(made) + "/enable", null), 200);
    assertThat(ask(alice, made, "trade")).isEqualTo("valid");

    confirm(alice, alice.command("DELETE", path(made), null), 200);
    // The key is gone, and with it what named its account: the node is asked until it knows.
    Awaitility.await()
        .atMost(SOON)
        .until(() ->
            reason(gateway.ask(Gateway.order(signer(made)), "trade", ANYWHERE, 0))
                .equals("unknown-key"));
  }

  @Test
  void theOldKeyWorksUntilTheGraceEnds() {
    AccountHolder bob = setup.newAccount();
    JsonNode old = make(bob, "hmac-sha256");
    JsonNode rotated =
        confirm(bob, bob.command("POST", path(old) + "/rotation", Map.of("grace", "PT4S")), 201);

    assertThat(ask(bob, rotated, "trade")).isEqualTo("valid");
    assertThat(rotated.path("key").path("label")).isEqualTo(old.path("key").path("label"));
    Awaitility.await()
        .atMost(SOON)
        .until(() ->
            reason(gateway.ask(Gateway.order(signer(old)), "trade", ANYWHERE, 0))
                .equals("unknown-key"));
    assertThat(
            bob.query("/v1/keys")
                .expect(200)
                .body()
                .path("keys")
                .findValuesAsString("publicApiKey"))
        .containsExactly(rotated.path("key").path("publicApiKey").asString());
    assertThat(ask(bob, rotated, "trade")).isEqualTo("valid");
  }

  @Test
  void whoeverHoldsALeakedSecretCanShutItsKey() {
    AccountHolder carol = setup.newAccount();
    JsonNode made = make(carol, "hmac-sha256");
    Http stranger = new Http((method, url, body, answer) -> {});
    Map<String, String> secret = Map.of("secret", made.path("secret").path("value").asString());

    stranger
        .call("POST", setup.endpoints().command() + "/v1/revocations", secret, Map.of())
        .expect(200);

    Awaitility.await().atMost(SOON).until(() -> ask(carol, made, "trade").equals("key-disabled"));
  }

  @Test
  void anErasedPersonLeavesKeysAndProofsAsTheyAreAndNoAddress(@TempDir Path folder)
      throws Exception {
    AccountHolder erin = setup.newAccount();
    JsonNode made = make(erin, "ed25519");
    LogVerifier log = new LogVerifier(setup);
    LogVerifier.Receipt before = log.receipt(erin, erin.position());
    JsonNode waiting =
        erin.command("POST", "/v1/keys", Map.of("label", "Waits 1")).expect(202).body();
    assertThat(waiting.path("sentTo").asString()).isEqualTo("a…@example.com");
    String code = erin.awaitCodeMail().code();

    Supporter support = setup.supporter();
    Answer erased = support.erase(erin.accountId()).expect(204);

    assertThat(support.erase(erin.accountId()).expect(204).position()).isEqualTo(erased.position());
    assertThat(erin.verify(waiting, code).code()).isEqualTo("challenge-closed");
    assertThat(ask(erin, made, "trade")).isEqualTo("valid");
    try (EventReader reader = new EventReader(setup.endpoints().kafka(), erin.accountId())) {
      List<EventReader.Event> events = reader.readUntil(erased.position(), SOON);
      assertThat(events.getLast().type()).isEqualTo("dev.keyledger.PersonErased.v1");
      assertThat(events).noneMatch(event -> event.json().contains("@"));
    }
    log.verifyIn(log.receipt(erin, erased.position()).tree(), before);
    assertThat(log.audit(before.checkpoint(), folder))
        .as(() -> Traces.text(folder.resolve("audit.log")))
        .isZero();
    // Nobody's address was ever there, neither whole nor masked.
    assertThat(Traces.inMongo(setup.mongo(), "@example.com")).isEmpty();
    assertThat(Traces.inMongo(setup.mongo(), erin.accountId())).contains("log_events");
    assertThat(Traces.inFiles(logs, "@example.com")).isEmpty();
    assertThat(Traces.inFiles(logs.resolve("kafka"), erin.accountId())).isNotEmpty();
  }

  @Test
  void aReplayOfTheEventsComesToTheStateThatQuerySideHas(@TempDir Path folder) throws Exception {
    AccountHolder frank = setup.newAccount();
    make(frank, "ed25519");
    long last = new LogVerifier(setup).receipt(frank, frank.position()).index();
    Auditor auditor = setup.auditor();
    Path token = Files.writeString(folder.resolve("token"), auditor.token());

    assertThat(
            auditor.audit(
                "replay",
                "--query-side",
                setup.endpoints().query(),
                "--token-file",
                token.toString(),
                "--until",
                "logindex:" + last))
        .contains("up to index %d:".formatted(last), "query-side has the same.");
  }

  @Test
  void ofTwoNodesThatAreAskedAtOnceOneAcceptsANonce() throws Exception {
    AccountHolder dave = setup.newAccount();
    JsonNode made = make(dave, "ed25519");
    try (ServiceProcess second = setup.secondQuery();
        ExecutorService callers = Executors.newFixedThreadPool(2)) {
      List<Gateway> nodes = List.of(gateway, gateway.asking(second.url()));
      for (int race = 0; race < RACES; race++) {
        HttpRequest order = Gateway.order(signer(made));
        CyclicBarrier start = new CyclicBarrier(nodes.size());
        List<Future<String>> answers = new ArrayList<>();
        for (Gateway node : nodes) {
          answers.add(
              callers.submit(() -> {
                start.await();
                return reason(node.ask(order, "trade", ANYWHERE, dave.position()));
              }));
        }
        List<String> reasons = new ArrayList<>();
        for (Future<String> answer : answers) {
          reasons.add(answer.get());
        }
        assertThat(reasons).containsExactlyInAnyOrder("valid", "nonce-reused");
      }
    }
  }

  private JsonNode make(AccountHolder account, String algorithm) {
    Map<String, Object> key = new HashMap<>();
    key.put("label", "Trading Bot " + ++labels);
    key.put("permissions", List.of("trade"));
    key.put("algorithm", algorithm);
    return confirm(account, account.command("POST", "/v1/keys", key), 201);
  }

  private static JsonNode confirm(AccountHolder account, Answer challenge, int status) {
    return account
        .verify(challenge.expect(202).body(), account.awaitCodeMail().code())
        .expect(status)
        .body();
  }

  private String ask(AccountHolder account, JsonNode made, String permission) {
    return reason(
        gateway.ask(Gateway.order(signer(made)), permission, ANYWHERE, account.position()));
  }

  private static String reason(Answer answer) {
    JsonNode verdict = answer.expect(200).body();
    return verdict.path("valid").asBoolean() ? "valid" : verdict.path("reason").asString();
  }

  private static KeyledgerSigner signer(JsonNode made) {
    String publicApiKey = made.path("key").path("publicApiKey").asString();
    String secret = made.path("secret").path("value").asString();
    return made.path("secret").path("algorithm").asString().equals("ed25519")
        ? KeyledgerSigner.ed25519(publicApiKey, secret)
        : KeyledgerSigner.hmacSha256(publicApiKey, secret);
  }

  private static String path(JsonNode made) {
    return "/v1/keys/" + made.path("key").path("publicApiKey").asString();
  }
}
