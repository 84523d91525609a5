package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.Holder;
import dev.keyledger.command.TestNode;
import dev.keyledger.command.relay.MortalNode.Step;
import dev.keyledger.testkit.TestPlatform;
import dev.keyledger.tlog.NoteSigner;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that are killed (SIGKILL) between every two steps from the event store to the checkpoint:
 * what is on Kafka in the end is one log all the same, and of each key its newest state.
 */
class KilledNodeIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String KAFKA = TestPlatform.get().bootstrapServers();

  private final String origin = TestPlatform.get().freshName("log");
  private final Map<String, String> properties = TestNode.properties();
  @TempDir Path folder;

  KilledNodeIT() {
    properties.put("keyledger.log.origin", origin);
  }

  @Test
  void oneThatStartsAgainGoesOnWhereverItEnded() throws Exception {
    for (Step step : Step.values()) {
      kill(stuckAt(step));
    }

    try (TestNode node = TestNode.start(properties)) {
      checkLog(node);
    }
  }

  @Test
  void anotherOneTakesOver() throws Exception {
    Process mortal = stuckAt(Step.SENT);
    properties.put("keyledger.node-id", "command-2");
    try (TestNode other = TestNode.start(properties)) {
      kill(mortal);
      checkLog(other);
    } finally {
      kill(mortal);
    }
  }

  private void checkLog(TestNode node) throws Exception {
    Holder holder = node.holder();
    holder.make("Bot1x");
    long events = node.jdbc().sql("SELECT COUNT(*) FROM domain_event").query(Long.class).single();
    patiently().until(() -> gauge(node, "keyledger.log.checkpoint.size") == events);

    PublishedLog log = PublishedLog.of(node.jdbc(), KAFKA);
    log.check();
    assertThat(log.events()).hasSize((int) events).contains(holder.accountId() + ":3");
    List<byte[]> checkpoints = TopicReader.checkpoints(KAFKA, origin, events);
    assertThat(checkpoints).isNotEmpty();
    log.check(checkpoints, node.get(NoteSigner.class).verifierKey());
    PublishedKeys.check(node);
  }

  private Process start(Step step) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dkeyledger.test.platform=local",
                "-cp",
                System.getProperty("java.class.path"),
                MortalNode.class.getName(),
                step.name(),
                folder.resolve(step.name()).toString()));
    properties.forEach((name, value) -> command.add(name + "=" + value));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log(step).toFile())
        .start();
  }

  /** A node that has come to where it is to die. */
  private Process stuckAt(Step step) throws Exception {
    Process node = start(step);
    try {
      patiently().until(() -> !node.isAlive() || Files.exists(folder.resolve(step.name())));
      assertThat(node.isAlive()).as(() -> read(log(step))).isTrue();
      return node;
    } catch (ConditionTimeoutException never) {
      kill(node);
      throw new AssertionError(read(log(step)), never);
    }
  }

  private static void kill(Process node) throws InterruptedException {
    node.destroyForcibly().waitFor();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** A node that is killed while it talks to the mail server is no news. */
  private static ConditionFactory patiently() {
    return await().atMost(SOON).dontCatchUncaughtExceptions();
  }

  private Path log(Step step) {
    return folder.resolve(step + ".log");
  }

  private static double gauge(TestNode node, String name) {
    return node.get(MeterRegistry.class).get(name).gauge().value();
  }
}
