package dev.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The flow as a user goes through it, and each service killed in the middle of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeedFlowIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private Setup setup;

  @BeforeAll
  void start(@TempDir Path logs) {
    setup = new Setup(logs, Map.of());
  }

  @AfterAll
  void stop() {
    setup.close();
  }

  @Test
  void aKeyIsMadeListedAndDeletedWithBothCodes() throws InterruptedException {
    AccountHolder alice = setup.newAccount();
    alice.enableTwoFactor();
    assertThat(
            TestPlatform.get()
                .mailBox()
                .await(alice.email(), mail -> mail.subject().contains("switched on"), SOON))
        .isPresent();
    JsonNode create =
        alice.command("POST", "/v1/keys", Map.of("label", "TradingBot1")).expect(202).body();
    Answer made = alice.verify(create, alice.awaitCodeMail().code()).expect(201);
    String key = made.body().path("key").path("publicApiKey").asString();

    assertThat(keys(alice)).containsExactly(key);

    JsonNode delete = alice.command("DELETE", "/v1/keys/" + key, null).expect(202).body();
    alice.verify(delete, alice.awaitCodeMail().code()).expect(200);

    assertThat(keys(alice)).isEmpty();
    assertHistoryIsWhole(alice);
  }

  @Test
  void aChallengeOutlivesTheCommandSideThatOpenedIt() {
    AccountHolder bob = setup.newAccount();
    bob.enableTwoFactor();
    JsonNode challenge =
        bob.command("POST", "/v1/keys", Map.of("label", "TradingBot1")).expect(202).body();
    setup.command().kill();
    setup.command().start();
    setup.command().awaitReady();

    String code = bob.awaitCodeMail().code();
    JsonNode made = bob.verify(challenge, code).expect(201).body();
    setup.command().kill();
    setup.command().start();
    setup.command().awaitReady();

    assertThat(bob.verify(challenge, code).code()).isEqualTo("challenge-closed");
    assertThat(keys(bob)).containsExactly(made.path("key").path("publicApiKey").asString());
    assertHistoryIsWhole(bob);
  }

  @Test
  void aQuerySideThatWasKilledCatchesUpByItself() {
    AccountHolder carol = setup.newAccount();
    carol.enableTwoFactor();
    setup.query().kill();
    JsonNode challenge =
        carol.command("POST", "/v1/keys", Map.of("label", "TradingBot1")).expect(202).body();
    JsonNode made = carol.verify(challenge, carol.awaitCodeMail().code()).expect(201).body();
    setup.query().start();
    setup.query().awaitReady();

    assertThat(keys(carol)).containsExactly(made.path("key").path("publicApiKey").asString());
    setup.query().kill();
    setup.query().start();
    setup.query().awaitReady();
    assertThat(keys(carol)).hasSize(1);
  }

  private static List<String> keys(AccountHolder account) {
    return account
        .query("/v1/keys")
        .expect(200)
        .body()
        .path("keys")
        .valueStream()
        .map(key -> key.path("publicApiKey").asString())
        .toList();
  }

  /** Every position from 1 on is on Kafka, in order; a repeat is allowed, a gap is not. */
  private void assertHistoryIsWhole(AccountHolder account) {
    try (EventReader reader = new EventReader(setup.endpoints().kafka(), account.accountId())) {
      List<Long> firsts =
          reader.readUntil(account.position(), SOON).stream()
              .map(EventReader.Event::position)
              .distinct()
              .toList();
      assertThat(firsts)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, account.position()).boxed().toList());
    }
  }
}
