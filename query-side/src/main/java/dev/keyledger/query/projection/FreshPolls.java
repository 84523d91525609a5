package dev.keyledger.query.projection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Polls that bring what is in the log now. Kafka's consumer asks for the next records while it
 * hands out the last ones, and the broker answers with what it has by then: whoever polls again
 * only after a while gets records from the beginning of that while, and all later ones one poll too
 * late. So where a poll finds records that lay there already, another one follows it, for what has
 * come since.
 *
 * <p>For one thread, as the consumer is.
 */
final class FreshPolls {
  /** To write this many takes longer than what another poll could gain. */
  static final int MANY = 100;

  /** A poll that takes longer has waited for its records, which are new then. */
  private static final Duration LAY_THERE = Duration.ofMillis(5);

  /** How long the second poll waits: a broker that has something answers at once. */
  private static final Duration ANSWER = Duration.ofMillis(15);

  /** What the proxies are: a class of its own, since a generic one can't be told apart. */
  private interface BytesConsumer extends Consumer<byte[], byte[]> {}

  private final Consumer<byte[], byte[]> consumer;
  private final LongSupplier nanoTime;
  private final Set<TopicPartition> sought = new HashSet<>();
  private @Nullable RuntimeException failure;

  private FreshPolls(Consumer<byte[], byte[]> consumer, LongSupplier nanoTime) {
    this.consumer = consumer;
    this.nanoTime = nanoTime;
  }

  /**
   * The same consumer, but for its polls.
   *
   * @param nanoTime a clock that never goes back, as {@link System#nanoTime}
   */
  static Consumer<byte[], byte[]> of(Consumer<byte[], byte[]> consumer, LongSupplier nanoTime) {
    FreshPolls polls = new FreshPolls(consumer, nanoTime);
    return (BytesConsumer)
        Proxy.newProxyInstance(
            FreshPolls.class.getClassLoader(),
            new Class<?>[] {BytesConsumer.class},
            (_, method, arguments) ->
                method.getName().equals("poll")
                    ? polls.poll((Duration) arguments[0])
                    : polls.pass(method, arguments));
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    RuntimeException failed = failure;
    if (failed != null) {
      failure = null;
      throw failed;
    }
    long began = nanoTime.getAsLong();
    ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
    boolean layThere = nanoTime.getAsLong() - began < LAY_THERE.toNanos();
    return records.isEmpty() || records.count() >= MANY || !layThere ? records : withLater(records);
  }

  /**
   * These records and what came after them. The first ones have left the consumer, so nothing may
   * be thrown from here: what fails is thrown by the next poll, when they are written.
   */
  private ConsumerRecords<byte[], byte[]> withLater(ConsumerRecords<byte[], byte[]> records) {
    sought.clear();
    ConsumerRecords<byte[], byte[]> later;
    try {
      later = consumer.poll(ANSWER);
    } catch (RuntimeException e) {
      failure = e;
      later = ConsumerRecords.empty();
    }
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> all = new HashMap<>();
    for (TopicPartition partition : later.partitions()) {
      all.put(partition, later.records(partition));
    }
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(later.nextOffsets());
    for (TopicPartition partition : records.partitions()) {
      if (isStillReadOn(partition)) {
        List<ConsumerRecord<byte[], byte[]>> both = new ArrayList<>(records.records(partition));
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

  /**
   * Whether the second poll went on where the first one ended. A partition that was taken away
   * meanwhile is another node's; one that was also given back is read from where its rebalance
   * listener has sought.
   */
  private boolean isStillReadOn(TopicPartition partition) {
    return consumer.assignment().contains(partition) && !sought.contains(partition);
  }

  private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
    if (method.getName().startsWith("seek") && arguments != null) {
      noteSought(arguments[0]);
    }
    try {
      return method.invoke(consumer, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private void noteSought(Object what) {
    Collection<?> partitions = what instanceof Collection<?> several ? several : List.of(what);
    partitions.forEach(one -> sought.add((TopicPartition) one));
  }
}
