package dev.keyledger.command.mail;

import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.command.mail.MailComposer.Composed;
import dev.keyledger.command.mail.Mails.Due;
import dev.keyledger.command.mail.Mails.Reason;
import dev.keyledger.events.KeyRingEvent;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends the mails that are due, several at a time. One that can't be delivered now is tried again
 * later, one that never can be is given up, and no mail holds up another.
 */
public class MailCourier implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(MailCourier.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration LET_ARRIVE = Duration.ofSeconds(10);

  private final Mails mails;
  private final History history;
  private final Contacts contacts;
  private final MailComposer composer;
  private final Postman postman;
  private final KeyledgerSettings.Mail settings;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private final Semaphore wakeUp = new Semaphore(0);
  private final Semaphore free;
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private volatile @Nullable Thread loop;

  /** Reads what happened to an account, from an event's position on. */
  interface History {
    List<KeyRingEvent> from(String accountId, long position);
  }

  MailCourier(
      Mails mails,
      History history,
      Contacts contacts,
      MailComposer composer,
      Postman postman,
      KeyledgerSettings.Mail settings,
      InstantSource clock,
      MeterRegistry meters) {
    this.mails = mails;
    this.history = history;
    this.contacts = contacts;
    this.composer = composer;
    this.postman = postman;
    this.settings = settings;
    this.clock = clock;
    this.meters = meters;
    this.free = new Semaphore(settings.senders());
  }

  /** Says that there may be something to send. */
  void wake() {
    wakeUp.release();
  }

  @Override
  public void start() {
    // Known before it runs: the thread looks whether it is still wanted.
    Thread thread = Thread.ofPlatform().name("mail-courier").daemon().unstarted(this::work);
    loop = thread;
    thread.start();
  }

  /** Lets the mails that are on their way arrive, for a while. */
  @Override
  public void stop() {
    Thread running = loop;
    loop = null;
    if (running != null) {
      running.interrupt();
    }
    senders.shutdown();
    try {
      if (!senders.awaitTermination(LET_ARRIVE.toMillis(), TimeUnit.MILLISECONDS)) {
        senders.shutdownNow();
      }
    } catch (InterruptedException hurry) {
      senders.shutdownNow();
      Thread.currentThread().interrupt();
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
        try {
          if (!reclaimed) {
            mails.reclaim();
            reclaimed = true;
          }
          if (deliverDue() == 0) {
            rest();
          }
        } catch (RuntimeException databaseAway) {
          LOG.warn("Mails wait: {}", databaseAway.getClass().getSimpleName());
          rest();
        }
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  private void rest() throws InterruptedException {
    if (wakeUp.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUp.drainPermits();
    }
  }

  /**
   * Begins to deliver what is due, as soon and as far as there are free senders; tells how many.
   */
  int deliverDue() throws InterruptedException {
    free.acquire();
    int most = 1 + free.drainPermits();
    List<Due> due = List.of();
    try {
      due = mails.claim(most);
    } finally {
      free.release(most - due.size());
    }
    due.forEach(mail -> senders.execute(() -> deliver(mail)));
    return due.size();
  }

  private void deliver(Due mail) {
    try {
      boolean isFirst = mail.position() == 1;
      List<KeyRingEvent> events = history.from(mail.accountId(), isFirst ? 1 : mail.position() - 1);
      int at = isFirst ? 0 : 1;
      Composed composed =
          composer.compose(
              isFirst ? null : events.getFirst(),
              events.get(at),
              events.subList(at + 1, events.size()),
              clock.instant());
      switch (composed) {
        case Composed.NotWorthIt no -> drop(mail, no.reason());
        case Composed.Written written -> send(mail, written.text());
      }
    } catch (RuntimeException fault) {
      // The claim runs out, and the mail is tried again then.
      LOG.error("A mail could not be made: {}", fault.getClass().getSimpleName());
      count("fault");
    } finally {
      free.release();
    }
  }

  private void send(Due mail, MailText text) {
    Optional<String> address = contacts.of(mail.accountId());
    if (address.isEmpty()) {
      drop(mail, Reason.NO_ADDRESS);
      return;
    }
    // Asked once the address is known: one from after an erasure hears nothing of before.
    if (!mails.isStillOurs(mail)) {
      count("overtaken");
      return;
    }
    try {
      postman.deliver(address.get(), text);
      count("sent");
      insist(() -> mails.sent(mail));
    } catch (MessagingException refused) {
      if (postman.isForGood(refused)) {
        LOG.warn("A mail is given up: {}", refused.getClass().getSimpleName());
        drop(mail, Reason.REJECTED);
      } else {
        // The exception's message may hold the address.
        LOG.warn("A mail waits for another attempt: {}", refused.getClass().getSimpleName());
        mails.retryAt(mail, clock.instant().plus(backOff(mail.attempt())));
        count("postponed");
      }
    }
  }

  /** What the mail server has taken over must not be sent again because the database is away. */
  private void insist(Runnable note) {
    while (true) {
      try {
        note.run();
        return;
      } catch (RuntimeException databaseAway) {
        if (!isRunning()) {
          throw databaseAway;
        }
        LOG.warn("A sent mail waits to be noted: {}", databaseAway.getClass().getSimpleName());
        try {
          TimeUnit.MILLISECONDS.sleep(settings.retryAfter().toMillis());
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          throw databaseAway;
        }
      }
    }
  }

  private void drop(Due mail, Reason reason) {
    mails.drop(mail, reason);
    count(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private void count(String outcome) {
    meters.counter("keyledger.mails", "outcome", outcome).increment();
  }

  private Duration backOff(int attempt) {
    Duration doubled = settings.retryAfter().multipliedBy(1L << Math.min(attempt - 1, 16));
    return doubled.compareTo(settings.retryAtMost()) < 0 ? doubled : settings.retryAtMost();
  }
}
