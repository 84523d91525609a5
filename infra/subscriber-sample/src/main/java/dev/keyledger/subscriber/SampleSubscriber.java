package dev.keyledger.subscriber;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The program: {@code infra/subscriber-sample/run [--once] [file]}, Kafka from {@code KAFKA}. */
public final class SampleSubscriber {
  private static final int GAP = 2;
  private static final int FAILED = 1;
  private static final long PATIENCE_SECONDS = 5;

  private SampleSubscriber() {}

  /** Ends with 0 when it is done or stopped, 2 if an event is missing, 1 for anything else. */
  public static void main(String[] arguments) {
    List<String> rest = new ArrayList<>(List.of(arguments));
    boolean once = rest.remove("--once");
    Path file = Path.of(rest.isEmpty() ? "subscriber-progress.json" : rest.getFirst());
    String kafka = System.getenv().getOrDefault("KAFKA", "localhost:9092");
    CountDownLatch ended = new CountDownLatch(1);
    AtomicInteger status = new AtomicInteger(FAILED);
    try {
      status.set(run(kafka, file, once, ended, status));
    } finally {
      ended.countDown();
    }
    System.exit(status.get());
  }

  /** Lets what was read be noted before the program ends, and end as if nobody had stopped it. */
  private static Thread stopping(
      Consumer<?, ?> consumer, CountDownLatch ended, AtomicInteger status) {
    return new Thread(() -> {
      consumer.wakeup();
      try {
        if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          Runtime.getRuntime().halt(status.get());
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private static int run(
      String kafka, Path file, boolean once, CountDownLatch ended, AtomicInteger status) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    try (Consumer<String, byte[]> consumer = consumer(kafka)) {
      Runtime.getRuntime().addShutdownHook(stopping(consumer, ended, status));
      new Subscriber(consumer, file, out, err).run(once);
      return 0;
    } catch (WakeupException stopped) {
      return 0;
    } catch (GapException gap) {
      err.println("Stopped: " + gap.getMessage() + ".");
      return GAP;
    } catch (IOException | KafkaException | IllegalStateException failure) {
      err.println("Stopped: " + failure.getMessage());
      return FAILED;
    }
  }

  private static Consumer<String, byte[]> consumer(String kafka) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            // Where it goes on is in the file; a topic that no longer has that is another topic.
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            // A topic that is not there yet would be made with settings that nobody chose.
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
