package dev.keyledger.query.projection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Polls that bring what is in the log now. Kafka's consumer asks for the next records while it
 * hands out the last ones, and the broker answers with what it has by then: whoever polls again
 * only after a while gets records from the beginning of that while, and all later ones one poll too
 * late. So while records keep coming, each poll is followed by another one, for what has come
 * since.
 *
 * <p>For one thread, as the consumer is.
 */
final class FreshPolls {
  /** From here on there is so much that it is no matter what came just now. */
  static final int MANY = 100;

  /** Records that come at greater intervals find the consumer waiting for them. */
  private static final Duration KEEP_COMING = Duration.ofMillis(200);

  /** A broker that has something answers at once. */
  private static final Duration ANSWER = Duration.ofMillis(15);

  private final Consumer<byte[], byte[]> consumer;
  private final LongSupplier nanoTime;
  private @Nullable Long lastCame;

  private FreshPolls(Consumer<byte[], byte[]> consumer, LongSupplier nanoTime) {
    this.consumer = consumer;
    this.nanoTime = nanoTime;
  }

  /**
   * A consumer whose polls do so.
   *
   * @param nanoTime a clock that never goes back, as {@link System#nanoTime}
   */
  @SuppressWarnings("unchecked") // It is the interface that it is made for.
  static Consumer<byte[], byte[]> of(Consumer<byte[], byte[]> consumer, LongSupplier nanoTime) {
    FreshPolls polls = new FreshPolls(consumer, nanoTime);
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            FreshPolls.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (_, method, arguments) ->
                method.getName().equals("poll")
                    ? polls.poll((Duration) arguments[0])
                    : polls.pass(method, arguments));
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
    if (records.isEmpty()) {
      return records;
    }
    boolean keepComing =
        lastCame != null && nanoTime.getAsLong() - lastCame < KEEP_COMING.toNanos();
    ConsumerRecords<byte[], byte[]> all =
        keepComing && records.count() < MANY ? withLater(records) : records;
    lastCame = nanoTime.getAsLong();
    return all;
  }

  /**
   * These and what comes at once; whatever keeps that from coming is met again by the next poll.
   */
  private ConsumerRecords<byte[], byte[]> withLater(ConsumerRecords<byte[], byte[]> records) {
    ConsumerRecords<byte[], byte[]> later;
    try {
      later = consumer.poll(ANSWER);
    } catch (KafkaException next) {
      later = ConsumerRecords.empty();
    }
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> all = new HashMap<>();
    for (TopicPartition partition : later.partitions()) {
      all.put(partition, later.records(partition));
    }
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(later.nextOffsets());
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> first = records.records(partition);
      if (goesOnAfter(first.getLast(), later.records(partition), partition)) {
        List<ConsumerRecord<byte[], byte[]>> both = new ArrayList<>(first);
        both.addAll(later.records(partition));
        all.put(partition, both);
        OffsetAndMetadata end = records.nextOffsets().get(partition);
        if (end != null) {
          next.putIfAbsent(partition, end);
        }
      }
    }
    return new ConsumerRecords<>(all, next);
  }

  /** Not so for a partition that was given away meanwhile, or given back to be read from before. */
  private boolean goesOnAfter(
      ConsumerRecord<byte[], byte[]> last,
      List<ConsumerRecord<byte[], byte[]>> later,
      TopicPartition partition) {
    return consumer.assignment().contains(partition)
        && (later.isEmpty()
            ? consumer.position(partition) > last.offset()
            : later.getFirst().offset() > last.offset());
  }

  private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(consumer, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
