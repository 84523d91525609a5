package dev.keyledger.bench;

import dev.keyledger.local.LocalKafka;
import dev.keyledger.local.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A Kafka in a process of its own, so that its heap and its threads are not those of readers. */
final class Broker implements AutoCloseable {
  private static final String READY = "ready";
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final Child process;
  private final String bootstrapServers;

  private Broker(Child process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts one and waits until it takes requests.
   *
   * @param folder for its data and what it says
   */
  static Broker start(Path folder, Cleanup cleanup) throws IOException, InterruptedException {
    int port = Ports.free();
    Path log = folder.resolve("broker.log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx400m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dloader.main=" + Broker.class.getName(),
            "-cp",
            System.getProperty("java.class.path"),
            "org.springframework.boot.loader.launch.PropertiesLauncher",
            folder.resolve("broker").toString(),
            Integer.toString(port));
    long began = System.nanoTime();
    Child process = cleanup.keep(Child.start(command, Map.of(), log));
    while (!Files.readString(log).contains(READY)) {
      if (!process.isAlive() || System.nanoTime() - began > LONGEST_START.toNanos()) {
        throw new IOException("Kafka did not start; it said:\n" + Files.readString(log));
      }
      Thread.sleep(POLL);
    }
    return new Broker(process, "127.0.0.1:" + port);
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }

  /**
   * Runs until the process is told to end.
   *
   * @param arguments the folder of the data, and the port
   */
  public static void main(String[] arguments) throws Exception {
    LocalKafka kafka = LocalKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
    System.out.println(READY);
    new CountDownLatch(1).await();
  }
}
