package dev.keyledger.command.due;

import dev.keyledger.command.due.DueStep.Kind;
import dev.keyledger.command.keyring.Outcome.NothingDue;
import dev.keyledger.command.store.KeyRings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Puts the steps that are due to their key rings, several at a time. The ring decides again, so a
 * step that is put to it twice, by two nodes or after a crash, happens once.
 */
final class DueRunner implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(DueRunner.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
  private static final int AT_A_TIME = 8;

  private final DueSteps steps;
  private final KeyRings keyRings;
  private final @Nullable Duration openIpLapse;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Which kind may take all places the next time: each in turn, so that none holds up another. */
  private int first;

  private volatile @Nullable Thread loop;

  /**
   * @param openIpLapse how long a key may do more than read from every address; null for ever
   */
  DueRunner(
      DueSteps steps,
      KeyRings keyRings,
      @Nullable Duration openIpLapse,
      InstantSource clock,
      MeterRegistry meters) {
    this.steps = steps;
    this.keyRings = keyRings;
    this.openIpLapse = openIpLapse;
    this.clock = clock;
    this.meters = meters;
    Gauge.builder("keyledger.due.lag.seconds", this::lag)
        .description("How long the oldest step that is due has been waiting")
        .register(meters);
  }

  @Override
  public void start() {
    // Known before it runs: the thread looks whether it is still wanted.
    Thread thread = Thread.ofPlatform().name("due-runner").daemon().unstarted(this::work);
    loop = thread;
    thread.start();
  }

  /** Lets the steps that were begun come to their end. */
  @Override
  public void stop() {
    Thread running = loop;
    loop = null;
    stopped.countDown();
    if (running != null) {
      try {
        running.join(DueSteps.LEASE);
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return loop != null;
  }

  private void work() {
    boolean reclaimed = false;
    while (isRunning()) {
      try {
        if (!reclaimed) {
          steps.reclaim();
          reclaimed = true;
        }
        if (takeDue() > 0) {
          continue;
        }
      } catch (RuntimeException databaseAway) {
        LOG.warn("What is due waits: {}", databaseAway.getClass().getSimpleName());
      }
      try {
        stopped.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException hurry) {
        return;
      }
    }
  }

  /** Takes some of the steps that are due; tells how many. */
  int takeDue() {
    Instant now = clock.instant();
    List<DueStep> due = new ArrayList<>();
    List<Kind> turns = new ArrayList<>(List.of(Kind.values()));
    Collections.rotate(turns, -first);
    first = (first + 1) % turns.size();
    for (Kind kind : turns) {
      until(kind, now)
          .ifPresent(until -> due.addAll(steps.claim(kind, until, AT_A_TIME - due.size())));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      due.forEach(step -> threads.execute(() -> take(step)));
    }
    return due.size();
  }

  private void take(DueStep step) {
    String outcome = "fault";
    try {
      boolean nothing = keyRings.send(step.command(), null).outcome() instanceof NothingDue;
      steps.done(step);
      outcome = nothing ? "nothing-due" : "taken";
    } catch (RuntimeException fault) {
      // The claim runs out, and it is tried again then.
      LOG.warn("A step that is due waits: {}", fault.getClass().getSimpleName());
    } finally {
      meters
          .counter(
              "keyledger.due.steps",
              "kind",
              step.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
              "outcome",
              outcome)
          .increment();
    }
  }

  /** The last instant of the steps that are due; empty if those of this kind never are. */
  private Optional<Instant> until(Kind kind, Instant now) {
    if (kind != Kind.LAPSE) {
      return Optional.of(now);
    }
    return openIpLapse == null ? Optional.empty() : Optional.of(now.minus(openIpLapse));
  }

  private double lag() {
    Instant now = clock.instant();
    return Arrays.stream(Kind.values())
        .flatMap(kind ->
            until(kind, now)
                .flatMap(until -> steps.oldest(kind).map(at -> Duration.between(at, until)))
                .stream())
        .mapToDouble(late -> late.toMillis() / 1000.0)
        .filter(late -> late > 0)
        .max()
        .orElse(0);
  }
}
