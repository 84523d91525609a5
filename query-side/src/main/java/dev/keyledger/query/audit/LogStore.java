package dev.keyledger.query.audit;

import dev.keyledger.tlog.Hash;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where the log is kept: events by their index, the tree above them, and how far both are. All of
 * it comes from Kafka, so that it can be dropped at any time.
 */
public interface LogStore {

  /** Sees to the indexes for what is asked about; to be called once before anything is kept. */
  Mono<Void> prepare();

  /**
   * Keeps events; what is there already stays as it is.
   *
   * @return indexes of events that could not be kept, since another one has their index, or the
   *     same place in the account has another index
   */
  Mono<List<Long>> append(Collection<LoggedEvent> events);

  /** The leaves from an index on, up to the first that is missing. */
  Mono<List<Hash>> leaves(long from, int atMost);

  /** The events from an index on, up to the first that is missing. */
  Flux<LoggedEvent> events(long from, int atMost);

  /** Whose events those from an index on are. */
  Mono<Set<String>> accounts(long from, int count);

  /** The events that are asked for, in the order of the log. */
  Flux<LoggedEvent> find(EventQuery query);

  /** All events below an index, sorted by account (its UTF-8 bytes) and then by position. */
  Flux<LoggedEvent> byAccount(long below);

  /** The event at a place in an account, empty if there is none. */
  Mono<LoggedEvent> find(String account, long position);

  /** A full tile, empty if there is none. */
  Mono<FullTile> tile(int level, long index);

  /** What stands for full tiles in the level above, up to the first that is missing. */
  Mono<List<Hash>> roots(int level, long from, int atMost);

  /** Keeps tiles; a repeat changes nothing. */
  Mono<Void> save(Collection<FullTile> tiles);

  /** Number of events from 0 on without a gap, whose full tiles are kept. */
  Mono<Long> size();

  /**
   * Moves the size on.
   *
   * @return false if it was not {@code from}, and then nothing changes
   */
  Mono<Boolean> grow(long from, long to);

  /** Keeps a checkpoint that fits the tree. */
  Mono<Void> save(SignedCheckpoint checkpoint);

  /** The newest checkpoint, empty if there is none. */
  Mono<SignedCheckpoint> checkpoint();

  /** How far each partition has been read. */
  Mono<List<Offset>> offsets();

  /** Moves on to these offsets; what would go back changes nothing. */
  Mono<Void> advance(Collection<Offset> offsets);

  /** Keeps an alarm; a repeat changes nothing. */
  Mono<Void> raise(Alarm alarm);

  /** How many alarms there are. */
  Mono<Long> alarms();
}
