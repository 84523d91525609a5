package dev.keyledger.command.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to a Kafka producer, batch by batch. When one event could not be delivered, the
 * producer is thrown away with everything that it still held, and with it every batch that had
 * begun on it: were a later event of the same account delivered after all, subscribers would see
 * the two out of order.
 */
public class EventPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Supplier<Producer<String, byte[]>> producers;
  private final Runnable ensureTopic;
  private final AtomicReference<@Nullable Producer<String, byte[]>> producer =
      new AtomicReference<>();
  private volatile boolean closed;

  /**
   * @param producers makes a connected producer (acks=all, idempotent, one request at a time)
   * @param ensureTopic sees to it that the topic is there, or throws
   */
  EventPublisher(Supplier<Producer<String, byte[]>> producers, Runnable ensureTopic) {
    this.producers = producers;
    this.ensureTopic = ensureTopic;
  }

  /**
   * Sees to the topic and the connection before there is anything to publish, so that subscribers
   * find the topic. Tries until it succeeds or the publisher is closed.
   */
  void prepare() {
    while (!closed) {
      try {
        current();
        return;
      } catch (KafkaException notYet) {
        LOG.warn("The topic waits for Kafka: {}", notYet.getClass().getSimpleName());
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /**
   * Begins a batch.
   *
   * @throws KafkaException if there is no topic to be had
   */
  Batch begin() {
    return new Batch(current());
  }

  /** Events that go to one and the same producer, so that a gap in them ends the batch. */
  final class Batch {
    private final Producer<String, byte[]> own;
    private final List<CompletableFuture<?>> acknowledgements = new ArrayList<>();

    private Batch(Producer<String, byte[]> own) {
      this.own = own;
    }

    /**
     * Queues the next event.
     *
     * @throws KafkaException if an earlier event could not be delivered
     */
    void publish(ProducerRecord<String, byte[]> event) {
      if (!own.equals(producer.get())) {
        throw new KafkaException("An earlier event was not delivered; nothing may overtake it.");
      }
      CompletableFuture<RecordMetadata> acknowledged = new CompletableFuture<>();
      acknowledgements.add(acknowledged);
      try {
        Future<RecordMetadata> _ =
            own.send(
                event,
                (metadata, failure) -> {
                  if (failure == null) {
                    acknowledged.complete(metadata);
                  } else {
                    discard(own);
                    acknowledged.completeExceptionally(failure);
                  }
                });
      } catch (RuntimeException failure) {
        discard(own);
        throw failure;
      }
    }

    /**
     * Returns when Kafka has acknowledged all of them.
     *
     * @throws java.util.concurrent.CompletionException if it has not in time
     */
    void await() {
      CompletableFuture.allOf(acknowledgements.toArray(CompletableFuture[]::new)).join();
    }
  }

  @Override
  public void close() {
    closed = true;
    Producer<String, byte[]> last = producer.getAndSet(null);
    if (last != null) {
      last.close(Duration.ofSeconds(5));
    }
  }

  private synchronized Producer<String, byte[]> current() {
    Producer<String, byte[]> current = producer.get();
    if (current == null) {
      if (closed) {
        throw new KafkaException("The publisher is closed.");
      }
      ensureTopic.run();
      current = producers.get();
      producer.set(current);
    }
    return current;
  }

  private void discard(Producer<String, byte[]> failed) {
    producer.compareAndSet(failed, null);
    failed.close(Duration.ZERO);
  }
}
