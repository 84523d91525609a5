package dev.keyledger.command.due;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.TestClock;
import dev.keyledger.command.crypto.DerivedCodes;
import dev.keyledger.command.crypto.KeyFactory;
import dev.keyledger.command.crypto.RandomIdentifiers;
import dev.keyledger.command.due.DueStep.Kind;
import dev.keyledger.command.due.InMemoryDueSteps.Row;
import dev.keyledger.command.due.InMemoryDueSteps.Slot;
import dev.keyledger.command.keyring.Rules;
import dev.keyledger.command.keyring.Rules.TwoFactorPolicy;
import dev.keyledger.command.keyring.Tools;
import dev.keyledger.command.store.InMemoryKeyRings;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.testkit.TestPlatform;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which of the steps that are due are taken. */
class DueRunnerTest {
  /** More than can be taken in all the rounds that a test looks at. */
  private static final int MANY = 100;

  private final TestClock clock = new TestClock();
  private final Map<Slot, Row> table = InMemoryDueSteps.table();
  private final DueSteps steps = new InMemoryDueSteps(table, clock, "node-1");
  private final DueRunner runner =
      new DueRunner(
          steps, InMemoryKeyRings.create(tools()), Duration.ZERO, clock, new SimpleMeterRegistry());

  @ParameterizedTest
  @EnumSource(Kind.class)
  void manyStepsOfOneKindDoNotHoldUpTheOthers(Kind many) {
    for (int key = 0; key < MANY; key++) {
      schedule("key-" + key, many);
    }
    for (Kind kind : Kind.values()) {
      schedule("another", kind);
    }

    for (int round = 0; round < Kind.values().length; round++) {
      runner.takeDue();
    }

    assertThat(table.keySet())
        .extracting(Slot::kind)
        .as("what waits after each kind was first once")
        .isNotEmpty()
        .containsOnly(many);
  }

  @Test
  void oneKindMayHaveAllPlaces() {
    for (int key = 0; key < MANY; key++) {
      schedule("key-" + key, Kind.LAPSE);
    }

    for (int round = 0; round < Kind.values().length; round++) {
      assertThat(runner.takeDue()).isEqualTo(8);
    }
  }

  private void schedule(String publicApiKey, Kind kind) {
    steps.schedule(new DueStep("alice", publicApiKey, kind, clock.instant()));
  }

  private Tools tools() {
    SecureRandom random = new SecureRandom();
    RootKeys rootKeys = new RootKeys("2026-11", Map.of("2026-11", TestPlatform.ROOT_KEY));
    return new Tools(
        new Rules(
            TwoFactorPolicy.REQUIRED,
            false,
            30,
            null,
            Duration.ofMinutes(10),
            Duration.ofSeconds(60),
            5,
            10,
            Duration.ofMinutes(15)),
        clock,
        new RandomIdentifiers(random, rootKeys),
        new DerivedCodes(rootKeys, 8),
        new KeyFactory(random, rootKeys));
  }
}
