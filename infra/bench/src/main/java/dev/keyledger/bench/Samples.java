package dev.keyledger.bench;

import java.io.IOException;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/** Looks at the query side after some of the commands: how long until each of them shows there? */
final class Samples implements AutoCloseable {
  private final int port;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final Queue<Sample> seen = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unseen = new AtomicInteger();

  private record Sample(String account, long position, long answered, long visible) {}

  Samples(int port) {
    this.port = port;
  }

  /** Asks for what the account's last command made of it, to be answered as soon as it is there. */
  static Request look(Account account) {
    return account.lookAfterLastCommand("/v1/account");
  }

  /** Looks for a command that was answered just now, without making its caller wait. */
  void take(Account account) {
    long answered = System.nanoTime();
    long position = account.position().get();
    Request look = look(account);
    var _ = threads.submit(() -> look(look, account.id(), position, answered));
  }

  /** Waits for all and returns how long they took. */
  Histogram visible() {
    threads.close();
    Histogram nanos = Round.histogram();
    seen.forEach(sample -> nanos.recordValue(sample.visible() - sample.answered()));
    return nanos;
  }

  /** How long it took until the same commands' events came out of Kafka; 0 if before the answer. */
  Histogram onKafka(KafkaWatch watch) {
    Histogram nanos = Round.histogram();
    for (Sample sample : seen) {
      Long arrival = watch.arrival(sample.account(), sample.position());
      if (arrival != null) {
        nanos.recordValue(Math.max(0, arrival - sample.answered()));
      }
    }
    return nanos;
  }

  /** Commands that were not to be seen in the time that the query side waits, 5 s. */
  int unseen() {
    return unseen.get();
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    for (Connection connection : idle) {
      connection.close();
    }
  }

  private void look(Request look, String account, long position, long answered) {
    try {
      Connection free = idle.pollFirst();
      Connection connection = free == null ? new Connection(port) : free;
      int status = connection.exchange(look).status();
      seen.add(new Sample(account, position, answered, System.nanoTime()));
      idle.addFirst(connection);
      if (status != 200) {
        unseen.incrementAndGet();
      }
    } catch (IOException e) {
      unseen.incrementAndGet();
    }
  }
}
