package dev.keyledger.command.mail;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mails in memory, for tests: the table is shared by all nodes, as the real one is. */
class InMemoryMails implements Mails {
  private final Table table;
  private final InstantSource clock;
  private final String nodeId;

  InMemoryMails(Table table, InstantSource clock, String nodeId) {
    this.table = table;
    this.clock = clock;
    this.nodeId = nodeId;
  }

  record Key(String accountId, long position) {}

  record Row(
      String state,
      Optional<Reason> reason,
      int attempts,
      Instant dueAt,
      @Nullable String claimedBy) {}

  /** What the nodes share; also the lock. */
  static final class Table {
    private final Map<Key, Row> rows = new LinkedHashMap<>();

    synchronized Row row(String accountId, long position) {
      return Objects.requireNonNull(rows.get(new Key(accountId, position)));
    }
  }

  @Override
  public void note(String accountId, long position) {
    synchronized (table) {
      table.rows.putIfAbsent(
          new Key(accountId, position),
          new Row("pending", Optional.empty(), 0, clock.instant(), null));
    }
  }

  @Override
  public List<Due> claim(int most) {
    synchronized (table) {
      Instant now = clock.instant();
      List<Key> due =
          table.rows.entrySet().stream()
              .filter(e -> e.getValue().state().equals("pending"))
              .filter(e -> !e.getValue().dueAt().isAfter(now))
              .sorted(Comparator.comparing(e -> e.getValue().dueAt()))
              .limit(most)
              .map(Map.Entry::getKey)
              .toList();
      return due.stream().map(key -> claim(key, now)).toList();
    }
  }

  private Due claim(Key key, Instant now) {
    int attempt = Objects.requireNonNull(table.rows.get(key)).attempts() + 1;
    table.rows.put(key, new Row("pending", Optional.empty(), attempt, now.plus(LEASE), nodeId));
    return new Due(key.accountId(), key.position(), attempt);
  }

  @Override
  public void reclaim() {
    synchronized (table) {
      table.rows.replaceAll((key, row) ->
          row.state().equals("pending") && nodeId.equals(row.claimedBy())
              ? new Row("pending", row.reason(), row.attempts(), clock.instant(), null)
              : row);
    }
  }

  @Override
  public boolean isStillOurs(Due mail) {
    synchronized (table) {
      Row row = table.row(mail.accountId(), mail.position());
      return row.state().equals("pending") && row.attempts() == mail.attempt();
    }
  }

  @Override
  public void sent(Due mail) {
    end(mail, "sent", Optional.empty());
  }

  @Override
  public void drop(Due mail, Reason reason) {
    end(mail, "dropped", Optional.of(reason));
  }

  @Override
  public void dropAll(String accountId, Reason reason) {
    synchronized (table) {
      table.rows.replaceAll((key, row) ->
          key.accountId().equals(accountId) && row.state().equals("pending")
              ? new Row("dropped", Optional.of(reason), row.attempts(), row.dueAt(), null)
              : row);
    }
  }

  @Override
  public void retryAt(Due mail, Instant when) {
    synchronized (table) {
      table.rows.computeIfPresent(
          new Key(mail.accountId(), mail.position()),
          (key, row) ->
              row.state().equals("pending") && row.attempts() == mail.attempt()
                  ? new Row("pending", row.reason(), row.attempts(), when, null)
                  : row);
    }
  }

  @Override
  public long pending() {
    synchronized (table) {
      return table.rows.values().stream().filter(row -> row.state().equals("pending")).count();
    }
  }

  private void end(Due mail, String state, Optional<Reason> reason) {
    synchronized (table) {
      table.rows.computeIfPresent(
          new Key(mail.accountId(), mail.position()),
          (key, row) ->
              row.state().equals("pending")
                  ? new Row(state, reason, row.attempts(), row.dueAt(), null)
                  : row);
    }
  }
}
