package dev.keyledger.local;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/** A Kafka broker in KRaft mode inside this JVM, on loopback, which keeps its log. */
public final class LocalKafka implements AutoCloseable {
  private static final int NODE = 1;
  private static final int ATTEMPTS = 3;

  /** The newest broker's: Kafka's way out of a fault is one for the whole JVM. */
  private static volatile CompletableFuture<String> newestDeath = new CompletableFuture<>();

  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final CompletableFuture<String> death;

  private LocalKafka(
      KafkaRaftServer server, String bootstrapServers, CompletableFuture<String> death) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
    this.death = death;
  }

  /**
   * Starts broker and controller and waits until the broker takes requests. Not to be called on the
   * common fork-join pool, whose threads don't see the classes of a repackaged jar.
   *
   * @param data the log directory, formatted on its first use only
   * @param port the port, or 0 for a free one; the controller takes a free one
   */
  public static LocalKafka start(Path data, int port) throws Exception {
    return start(data, port, Ports::free);
  }

  static LocalKafka start(Path data, int port, IntSupplier controllerPort) throws Exception {
    QuietLogs.quieten();
    // Otherwise a fault ends this JVM at once and without a word.
    Exit.setHaltProcedure(LocalKafka::died);
    Exit.setExitProcedure(LocalKafka::died);
    String address = "127.0.0.1:" + (port == 0 ? Ports.free() : port);
    if (!Files.exists(data.resolve("meta.properties"))) {
      format(data);
    }
    for (int attempt = 1; ; attempt++) {
      CompletableFuture<String> death = new CompletableFuture<>();
      newestDeath = death;
      String controller = "127.0.0.1:" + controllerPort.getAsInt();
      try {
        return new LocalKafka(started(data, address, controller), address, death);
      } catch (Exception e) {
        // Another may have taken the controller's port since it was found free.
        if (attempt == ATTEMPTS || !isTaken(e)) {
          throw e;
        }
      }
    }
  }

  private static KafkaRaftServer started(Path data, String broker, String controller)
      throws Exception {
    var config = new KafkaConfig(configuration(data, broker, controller), false);
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (Throwable e) {
      server.shutdown();
      throw e;
    }
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Completed with a sentence when the broker gives up by itself. */
  CompletableFuture<String> onDeath() {
    return death.copy();
  }

  /** Shuts the broker down in order and waits for its end; the log stays. */
  @Override
  public void close() {
    server.shutdown();
    if (!death.isDone()) {
      server.awaitShutdown();
    }
  }

  private static void died(int status, @Nullable String message) {
    var _ =
        newestDeath.complete(
            message == null
                ? "Kafka gave up with status " + status
                : "Kafka gave up with status " + status + ": " + message);
  }

  private static boolean isTaken(Throwable failure) {
    return failure instanceof BindException
        || (failure.getCause() != null && isTaken(failure.getCause()));
  }

  private static void format(Path data) throws Exception {
    Files.createDirectories(data);
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(NODE)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(data.toString())
        .addDirectory(data.toString())
        .setIgnoreFormatted(true)
        .run();
  }

  private static Map<String, String> configuration(Path data, String broker, String controller) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put("controller.quorum.voters", NODE + "@" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
    settings.put("advertised.listeners", "PLAINTEXT://" + broker);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", data.toString());
    settings.put("auto.create.topics.enable", "false");
    // One broker holds every copy.
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    // Back at once after a kill, and consumers too.
    settings.put("broker.session.timeout.ms", "2000");
    settings.put("broker.heartbeat.interval.ms", "500");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // The default takes 128 MiB of heap for a cleaner that has next to nothing to clean.
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    return settings;
  }
}
