package dev.keyledger.command.due;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.Holder;
import dev.keyledger.command.TestClock;
import dev.keyledger.command.TestNode;
import dev.keyledger.command.keyring.Challenge;
import dev.keyledger.command.keyring.KeyRingCommand.CreateKey;
import dev.keyledger.command.keyring.KeyRingCommand.RotateKey;
import dev.keyledger.command.keyring.Outcome;
import dev.keyledger.local.MailBox;
import dev.keyledger.testkit.TestPlatform;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What time brings about on two nodes, with a clock that the test moves: no request, and once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DueIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration LAPSE = Duration.ofDays(30);
  private static final MailBox MAIL_BOX = TestPlatform.get().mailBox();

  private final TestClock clock = new TestClock();
  private final TestNode a;
  private final TestNode b;

  DueIT() {
    Map<String, String> properties = properties();
    properties.put("keyledger.keys.open-ip-lapse", LAPSE.toString());
    a = TestNode.start(properties, clock);
    b = a.sibling("command-2");
  }

  /** With few connections, since several nodes share the database server. */
  private static Map<String, String> properties() {
    Map<String, String> properties = TestNode.properties();
    properties.put("spring.datasource.hikari.maximum-pool-size", "8");
    return properties;
  }

  @AfterAll
  void stop() {
    b.close();
    a.close();
  }

  @Test
  void aKeyIsWarnedOfAndExpiresOnceWithoutARequest() throws Exception {
    Holder holder = a.holder();
    Instant end = clock.instant().plus(Duration.ofDays(8)).plusNanos(1_234);
    make(holder, "Bot1x", List.of("read"), end.toString());
    awaitSteps(2);

    clock.advance(Duration.ofDays(1).plusMillis(1));
    awaitEvents(holder, "KeyExpiring");
    assertThat(MAIL_BOX.await(holder.email(), m -> m.subject().contains("will expire soon"), SOON))
        .isPresent();

    clock.advance(Duration.ofDays(7));
    awaitEvents(holder, "KeyExpiring", "KeyExpired");
    assertThat(MAIL_BOX.await(holder.email(), m -> m.subject().contains("has expired"), SOON))
        .isPresent();
    awaitSteps(0);
    assertThat(timely(holder)).containsExactly("KeyExpiring", "KeyExpired");
  }

  @Test
  void manyKeysThatEndAtTheSameInstantEndOnceEach() {
    Instant end = clock.instant().plus(Duration.ofHours(1));
    List<Holder> holders = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Holder holder = a.holder();
      make(holder, "Bot1x", List.of("read"), end.toString());
      holders.add(holder);
    }
    awaitSteps(40);

    clock.advance(Duration.ofHours(1));

    awaitSteps(0);
    holders.forEach(holder -> assertThat(timely(holder)).containsExactly("KeyExpired"));
  }

  @Test
  void anOldKeyIsGoneWhenItsGraceIsOver() throws Exception {
    Holder holder = a.holder();
    String key = make(holder, "Bot1x", List.of("read"), null);
    rotate(holder, key, "PT1H");
    awaitSteps(1);

    clock.advance(Duration.ofHours(1));

    awaitEvents(holder, "KeyDeleted");
    assertThat(
            MAIL_BOX.await(
                holder.email(), m -> m.subject().contains("The old key of \"Bot1x\""), SOON))
        .isPresent();
    awaitSteps(0);
  }

  @Test
  void whatWasDueWhileNobodyRanHappensAtTheStart() {
    Map<String, String> properties = properties();
    TestNode first = TestNode.start(properties, clock);
    Holder holder = first.holder();
    make(holder, "Bot1x", List.of("read"), clock.instant().plusSeconds(600).toString());
    await().atMost(SOON).until(() -> steps(first) == 1);
    first.close();
    clock.advance(Duration.ofMinutes(10));

    try (TestNode second = TestNode.start(properties, clock)) {
      await().atMost(SOON).until(() -> steps(second) == 0);
      assertThat(timely(second, holder)).containsExactly("KeyExpired");
    }
  }

  @Test
  void aStepThatANodeClaimedAndDidNotTakeIsTakenWhenItRunsAgain() {
    Map<String, String> properties = properties();
    TestNode first = TestNode.start(properties, clock);
    Holder holder = first.holder();
    make(holder, "Bot1x", List.of("read"), clock.instant().plusSeconds(600).toString());
    await().atMost(SOON).until(() -> steps(first) == 1);
    first.get(DueRunner.class).stop();
    clock.advance(Duration.ofMinutes(10));
    assertThat(first.get(DueSteps.class).claim(DueStep.Kind.EXPIRE, clock.instant(), 1)).hasSize(1);
    first.close();

    try (TestNode second = TestNode.start(properties, clock)) {
      await().atMost(SOON).until(() -> steps(second) == 0);
      assertThat(timely(second, holder)).containsExactly("KeyExpired");
    }
  }

  @Test
  void keysThatAreOpenToEverybodyLapse() throws Exception {
    Holder holder = a.holder();
    make(holder, "Bot1x", List.of("trade"), null);
    awaitSteps(1);

    clock.advance(LAPSE);

    awaitEvents(holder, "PermissionsLapsed");
    assertThat(MAIL_BOX.await(holder.email(), m -> m.subject().contains("lapsed"), SOON))
        .isPresent();
    awaitSteps(0);
  }

  @Test
  void whatIsLateIsShownAndWhatWasTakenCounted() {
    MeterRegistry meters = a.get(MeterRegistry.class);

    assertThat(meters.get("keyledger.due.lag.seconds").gauge().value()).isZero();
  }

  private String make(
      Holder holder, String label, List<String> permissions, @Nullable String expiresAt) {
    Challenge challenge =
        Holder.challenge(
            holder.send(
                new CreateKey(
                    holder.accountId(), label, permissions, null, null, null, null, expiresAt)));
    Outcome.KeyMade made = (Outcome.KeyMade) holder.send(holder.codes(challenge)).outcome();
    return made.key().publicApiKey();
  }

  private void rotate(Holder holder, String key, String grace) {
    Challenge challenge =
        Holder.challenge(holder.send(new RotateKey(holder.accountId(), key, grace, null)));
    assertThat(holder.send(holder.codes(challenge)).outcome())
        .isInstanceOf(Outcome.KeyReplaced.class);
  }

  private void awaitSteps(long count) {
    await().atMost(SOON).until(() -> steps(a) == count);
  }

  private static long steps(TestNode node) {
    return node.jdbc().sql("SELECT COUNT(*) FROM due_step").query(Long.class).single();
  }

  private void awaitEvents(Holder holder, String... types) {
    await().atMost(SOON).untilAsserted(() -> assertThat(timely(holder)).containsExactly(types));
  }

  private List<String> timely(Holder holder) {
    return timely(a, holder);
  }

  /** Short names of the events that only time brought about. */
  private static List<String> timely(TestNode node, Holder holder) {
    return node
        .jdbc()
        .sql(
            "SELECT split_part(payload_type, '.', 3) FROM domain_event"
                + " WHERE aggregate_identifier = ? ORDER BY sequence_number")
        .param(holder.accountId())
        .query(String.class)
        .list()
        .stream()
        .filter(type ->
            List.of("KeyExpiring", "KeyExpired", "KeyDeleted", "PermissionsLapsed").contains(type))
        .toList();
  }
}
