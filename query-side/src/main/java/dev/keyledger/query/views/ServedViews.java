package dev.keyledger.query.views;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Answers from the generation that is served, and while a rebuild hands over from both, whichever
 * is further on. Which one that is, is asked about once a second and not with every answer: what
 * was found out is good for {@link #GOOD_FOR}, and an answer that came later is asked for again. So
 * a rebuild that waits for longer than that after each of its steps knows what every node does.
 */
public final class ServedViews implements ViewSource {
  /** For how long a node acts on what it found out. */
  public static final Duration GOOD_FOR = Duration.ofSeconds(2);

  private static final long GOOD_FOR_NANOS = GOOD_FOR.toNanos();
  private static final long ASK_AFTER_NANOS = GOOD_FOR_NANOS / 2;
  private static final int ATTEMPTS = 3;

  private final ViewGenerations generations;
  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable Known> known = new AtomicReference<>();
  private final AtomicReference<@Nullable Mono<Known>> asking = new AtomicReference<>();

  /** What was found out, and before when it was asked. */
  private record Known(Generations generations, long askedAt) {
    long age(long now) {
      return now - askedAt;
    }
  }

  /**
   * @param nanoTime a clock that never goes back, as {@link System#nanoTime}
   */
  public ServedViews(ViewGenerations generations, LongSupplier nanoTime) {
    this.generations = generations;
    this.nanoTime = nanoTime;
  }

  @Override
  public Mono<AccountView> find(String accountId) {
    return attempt(now -> find(now, accountId), ATTEMPTS);
  }

  @Override
  public Mono<Map<String, Long>> positions(Collection<String> accountIds) {
    return attempt(now -> positions(now, accountIds), ATTEMPTS);
  }

  private Mono<AccountView> find(Generations now, String accountId) {
    Mono<AccountView> served = generations.of(now.served()).find(accountId);
    return now.readsBoth()
        ? served.zipWith(generations.of(now.next()).find(accountId), ServedViews::further)
        : served;
  }

  private Mono<Map<String, Long>> positions(Generations now, Collection<String> accountIds) {
    Mono<Map<String, Long>> served = generations.of(now.served()).positions(accountIds);
    return now.readsBoth()
        ? served.zipWith(generations.of(now.next()).positions(accountIds), ServedViews::further)
        : served;
  }

  private static AccountView further(AccountView served, AccountView next) {
    return served.position() > next.position() ? served : next;
  }

  private static Map<String, Long> further(Map<String, Long> served, Map<String, Long> next) {
    Map<String, Long> further = new HashMap<>(served);
    next.forEach((account, position) -> further.merge(account, position, Math::max));
    return further;
  }

  /** Where it took longer than what is known is good for, somebody may have moved on meanwhile. */
  private <T> Mono<T> attempt(Function<Generations, Mono<T>> read, int attempts) {
    if (attempts == 0) {
      return Mono.error(
          new ViewStoreException(new IllegalStateException("the store takes too long")));
    }
    return known()
        .flatMap(used ->
            read.apply(used.generations())
                .flatMap(found -> isGood(used) ? Mono.just(found) : attempt(read, attempts - 1)));
  }

  private Mono<Known> known() {
    return Mono.defer(() -> {
      Known last = known.get();
      if (last == null || !isGood(last)) {
        return ask();
      }
      if (last.age(nanoTime.getAsLong()) > ASK_AFTER_NANOS) {
        ask().onErrorComplete().subscribe();
      }
      return Mono.just(last);
    });
  }

  private boolean isGood(Known used) {
    return used.age(nanoTime.getAsLong()) < GOOD_FOR_NANOS;
  }

  /** One question at a time, however many wait for its answer. */
  private Mono<Known> ask() {
    Mono<Known> asked = asking.get();
    if (asked == null) {
      Mono<Known> question = question();
      asked = asking.compareAndSet(null, question) ? question : ask();
    }
    return asked;
  }

  private Mono<Known> question() {
    return Mono.defer(
            () -> {
              long at = nanoTime.getAsLong();
              return generations.now().map(found -> new Known(found, at));
            })
        .doOnNext(known::set)
        .doFinally(_ -> asking.set(null))
        .cache();
  }
}
