package dev.keyledger.local;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The mails that arrived, per address, newest first; the oldest give way when it is full. */
public final class MailBox {
  private final int capacity;
  private final Deque<Mail> all = new ArrayDeque<>();
  private final Map<String, Deque<Mail>> byAddress = new HashMap<>();

  MailBox(int capacity) {
    this.capacity = capacity;
  }

  synchronized void add(Mail mail) {
    all.addFirst(mail);
    byAddress.computeIfAbsent(mail.to(), address -> new ArrayDeque<>()).addFirst(mail);
    if (all.size() > capacity) {
      forget(all.removeLast());
    }
    notifyAll();
  }

  /** Mails to this address, newest first. */
  public synchronized List<Mail> to(String address) {
    return List.copyOf(byAddress.getOrDefault(normalise(address), new ArrayDeque<>()));
  }

  /** The newest mails to anybody. */
  public synchronized List<Mail> newest(int count) {
    return all.stream().limit(count).toList();
  }

  /** Waits for a mail to this address that fits, and returns the newest one; empty when late. */
  public synchronized Optional<Mail> await(String address, Predicate<Mail> fits, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<Mail> found = to(address).stream().filter(fits).findFirst();
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (found.isPresent() || left <= 0) {
        return found;
      }
      wait(left);
    }
  }

  static String normalise(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }

  private void forget(Mail oldest) {
    Deque<Mail> mails = byAddress.get(oldest.to());
    if (mails != null) {
      mails.removeLast();
      if (mails.isEmpty()) {
        byAddress.remove(oldest.to());
      }
    }
  }
}
