package dev.keyledger.query.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Looks for what many callers ask for with one question to the store: who asks while a look is
 * under way goes with the next one. A look begins after all its questions were asked, so that it
 * finds whatever was there by then.
 */
final class JoinedLooks<K, V> {
  private static final int MOST_TOGETHER = 1_000;

  private final Function<Collection<K>, Mono<Map<K, V>>> look;
  private final Queue<Question<K, V>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean underWay = new AtomicBoolean();

  /**
   * @param look gives what it finds; what it leaves out is not there, and its error is that of all
   *     who asked
   */
  JoinedLooks(Function<Collection<K>, Mono<Map<K, V>>> look) {
    this.look = look;
  }

  /** What is there under a name, or nothing. */
  Mono<V> find(K key) {
    return Mono.create(sink -> {
      Question<K, V> question = new Question<>(key, sink);
      sink.onCancel(() -> waiting.remove(question));
      waiting.add(question);
      next();
    });
  }

  private void next() {
    while (!waiting.isEmpty() && underWay.compareAndSet(false, true)) {
      List<Question<K, V>> questions = taken();
      if (!questions.isEmpty()) {
        ask(questions);
        return;
      }
      underWay.set(false);
    }
  }

  private List<Question<K, V>> taken() {
    return Stream.generate(waiting::poll).limit(MOST_TOGETHER).takeWhile(Objects::nonNull).toList();
  }

  private void ask(List<Question<K, V>> questions) {
    Mono.defer(() -> look.apply(questions.stream().map(Question::key).distinct().toList()))
        .defaultIfEmpty(Map.of())
        .doFinally(_ -> {
          underWay.set(false);
          next();
        })
        .subscribe(
            found -> questions.forEach(question -> question.answer(found)),
            failure -> questions.forEach(question -> question.sink().error(failure)));
  }

  private record Question<K, V>(K key, MonoSink<V> sink) {
    void answer(Map<K, V> found) {
      sink.success(found.get(key));
    }
  }
}
