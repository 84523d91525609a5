package dev.keyledger.query.memory;

import dev.keyledger.query.stream.StreamFollower;
import dev.keyledger.query.views.ViewGenerations;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/** Keeps the memory up with a consumer that belongs to no group: every node reads everything. */
final class MemoryKeeper {
  private MemoryKeeper() {}

  static StreamFollower create(
      String topic,
      Supplier<Consumer<byte[], byte[]>> consumers,
      ViewGenerations generations,
      LiveKeys live,
      LongSupplier nanoTime) {
    return new StreamFollower(
        "live-keys",
        "the memory of live keys is built anew",
        running -> {
          try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            new MemoryReader(topic, consumer, generations, live, nanoTime).read(running);
          }
        });
  }
}
