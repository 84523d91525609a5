package dev.keyledger.query.views;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** Reads views, and waits for those that shall hold a certain position. */
public final class ViewReader {
  private final ViewSource views;
  private final Duration maxWait;
  private final Waiters waiters;

  /**
   * @param maxWait how long an answer waits for its position
   */
  public ViewReader(ViewSource views, Duration maxWait) {
    this.views = views;
    this.maxWait = maxWait;
    this.waiters = new Waiters(views);
  }

  /**
   * The view of an account that holds at least this position. One with a gap comes at once, since
   * it will not get there; see {@link AccountView#complete()}.
   *
   * @return fails with {@link NotYetVisibleException} if the position does not come in time
   */
  public Mono<AccountView> read(String accountId, long minPosition) {
    if (minPosition <= 0) {
      return views.find(accountId);
    }
    // Listens before it looks: what comes in between wakes it, and nothing is looked at twice.
    return Mono.using(
            () -> waiters.enter(accountId, minPosition),
            waiter ->
                views
                    .find(accountId)
                    .flatMap(view -> settled(view, minPosition) ? Mono.just(view) : await(waiter)),
            Waiters.Waiter::leave)
        .onErrorMap(TimeoutException.class, _ -> new NotYetVisibleException());
  }

  /** Tells those who wait what this node wrote. */
  public void advanced(AccountView view) {
    waiters.advanced(view);
  }

  /** How many answers wait. */
  public int waiting() {
    return waiters.size();
  }

  private Mono<AccountView> await(Waiters.Waiter waiter) {
    return waiter
        .reached()
        .switchIfEmpty(Mono.defer(() -> views.find(waiter.accountId())))
        .timeout(maxWait);
  }

  private static boolean settled(AccountView view, long minPosition) {
    return view.position() >= minPosition || !view.complete();
  }
}
