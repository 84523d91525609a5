package dev.keyledger.query.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Follows the log live. Whoever follows reads pages out of the store at the own pace, so that a
 * slow reader costs no memory; while there are any, one look for all of them together every {@link
 * #LOOK_EVERY} finds out how far the log is and whose events came.
 */
public final class LogTail implements SmartLifecycle {
  static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final int PAGE = 64;
  private static final int NEWS = 1000;

  private final LogStore store;
  private final Flux<Look> looks;
  private final Sinks.Empty<Void> stopping = Sinks.empty();
  private volatile boolean running;
  private volatile long seen;

  public LogTail(LogStore store) {
    this.store = store;
    this.looks =
        Flux.interval(Duration.ZERO, LOOK_EVERY)
            .onBackpressureDrop()
            .concatMap(_ -> look().onErrorComplete(), 1)
            .share();
  }

  /** Every event after an index and then every one that comes, in the order of the log. */
  public Flux<LoggedEvent> follow(long after) {
    return follow(after, Optional.empty());
  }

  /** The same for the events of an account. */
  public Flux<LoggedEvent> follow(long after, String account) {
    return follow(after, Optional.of(account));
  }

  /** Completes when this node stops, and who follows should go elsewhere. */
  public Mono<Void> stopping() {
    return stopping.asMono();
  }

  @Override
  public void start() {
    running = true;
  }

  /** Comes before the web server's, which waits for the last answer to end. */
  @Override
  public void stop() {
    running = false;
    stopping.tryEmitEmpty();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private Flux<LoggedEvent> follow(long after, Optional<String> account) {
    return Flux.defer(() -> {
      Follower follower = new Follower(account, after + 1);
      // The next page is read when all of the last one was taken.
      return follower.page().repeatWhen(pages -> pages.concatMap(_ -> follower.news(), 1));
    });
  }

  private Mono<Look> look() {
    return store
        .size()
        .flatMap(size -> {
          long from = seen;
          seen = size;
          int news = (int) Math.min(size - from, NEWS + 1);
          return news < 0 || news > NEWS
              ? Mono.just(new Look(from, size, Optional.empty()))
              : store.accounts(from, news).map(all -> new Look(from, size, Optional.of(all)));
        });
  }

  /**
   * How far the log is.
   *
   * @param accounts whose events those from {@code from} on are, empty if that is not known
   */
  private record Look(long from, long size, Optional<Set<String>> accounts) {
    boolean hasNothingFor(Optional<String> account) {
      return account.isPresent() && accounts.isPresent() && !accounts.get().contains(account.get());
    }
  }

  /** One who follows: what it reads next, and how far the log was when it read last. */
  private final class Follower {
    private final Optional<String> account;
    private volatile long next;
    private volatile long size;

    private Follower(Optional<String> account, long next) {
      this.account = account;
      this.next = next;
    }

    /** Some of what is there. */
    Flux<LoggedEvent> page() {
      return store
          .size()
          .flatMap(there -> {
            size = there;
            return next < there ? read(there) : Mono.just(List.<LoggedEvent>of());
          })
          .flatMapIterable(events -> events);
    }

    /** Has a value once there is more. */
    Mono<Boolean> news() {
      return next < size
          ? Mono.just(true)
          : looks.onBackpressureLatest().filter(this::isNews).next().map(_ -> true);
    }

    private Mono<List<LoggedEvent>> read(long there) {
      int atMost = (int) Math.min(PAGE, there - next);
      return account
          .map(one -> store.find(EventQuery.ofAccount(one, next - 1, there, PAGE)))
          .orElseGet(() -> store.events(next, atMost))
          .collectList()
          .doOnNext(found -> {
            boolean all = found.size() < (account.isPresent() ? PAGE : atMost);
            next = account.isPresent() && all ? there : after(found);
          });
    }

    private long after(List<LoggedEvent> found) {
      return found.isEmpty() ? next : found.getLast().index() + 1;
    }

    private boolean isNews(Look look) {
      if (look.from() <= next && look.size() > next && look.hasNothingFor(account)) {
        next = look.size();
      }
      return look.size() > next;
    }
  }
}
