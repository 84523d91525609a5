package dev.keyledger.query.audit;

import static dev.keyledger.query.audit.LogTiles.STORE_TIMEOUT;
import static dev.keyledger.query.audit.LogTiles.value;

import dev.keyledger.events.Topics;
import dev.keyledger.query.audit.CheckpointGate.Verdict;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.VerifierKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings records into the store: events, then the tree above them, then checkpoints of that tree.
 * All of it may be done again.
 */
final class LogIntake {
  private static final Logger log = LoggerFactory.getLogger(LogIntake.class);

  private final LogStore store;
  private final LogTree tree;
  private final List<VerifierKey> keys;
  private final LogStatus status;
  private final InstantSource clock;

  private final Standstill standstill = new Standstill();

  /** Leaves that the store has been given since the tree grew last. */
  private final Map<Long, Hash> kept = new HashMap<>();

  /**
   * @param keys of the log, newest first; without one no checkpoint can be let through
   */
  LogIntake(LogStore store, List<VerifierKey> keys, LogStatus status, InstantSource clock) {
    this.store = store;
    this.tree = new LogTree(store);
    this.keys = List.copyOf(keys);
    this.status = status;
    this.clock = clock;
  }

  /** Learns what the store has, before anything is taken in. */
  void start() {
    store.prepare().block(STORE_TIMEOUT);
    SignedCheckpoint newest = store.checkpoint().block(STORE_TIMEOUT);
    status.signed(newest == null ? 0 : newest.size());
    status.grown(value(store.size()));
    status.alarmed(value(store.alarms()));
    status.stands(false);
  }

  /** Keeps events; those that are no part of the log are passed over. */
  void takeEvents(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    List<LoggedEvent> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (LogRecords.isLogged(record)) {
        try {
          events.add(LogRecords.read(record));
        } catch (MalformedException | IllegalArgumentException e) {
          alarm(
              "record-" + record.partition() + "-" + record.offset(),
              "%s-%d at offset %d can't be in the log: %s"
                  .formatted(Topics.EVENTS, record.partition(), record.offset(), e.getMessage()));
        }
      }
    }
    if (!events.isEmpty()) {
      List<Long> others = value(store.append(events));
      events.forEach(event -> kept.put(event.index(), event.entry().leafHash()));
      kept.keySet().removeAll(others);
      others.forEach(index ->
          alarm("event-" + index, "two events have log index " + index + ", or one has two"));
    }
  }

  /** Whether checkpoints can be judged. Until they can, none may be read and passed over. */
  boolean judges() {
    return !keys.isEmpty();
  }

  /** Makes the tree grow over the events that are there, and says whether it did. */
  boolean grow() {
    long before = status.size();
    status.grown(tree.grow(kept));
    kept.clear();
    boolean grown = status.size() > before;
    if (grown) {
      status.stands(false);
    }
    return grown;
  }

  /**
   * Judges checkpoints in their order, up to the first that is ahead of the tree.
   *
   * @return how many were judged
   * @throws IllegalArgumentException without a key
   */
  int takeCheckpoints(List<ConsumerRecord<byte[], byte[]>> records) {
    CheckpointGate gate = new CheckpointGate(store, keys, status.size());
    int judged = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      byte[] note = record.value() == null ? new byte[0] : record.value();
      switch (gate.judge(note)) {
        case Verdict.Early() -> {
          lookForStandstill();
          return judged;
        }
        case Verdict.Fits(SignedCheckpoint checkpoint) -> {
          store.save(checkpoint).block(STORE_TIMEOUT);
          status.signed(Math.max(status.checkpointSize(), checkpoint.size()));
        }
        case Verdict.Refused(String reason) ->
            alarm(
                "checkpoint-" + record.offset(),
                "the checkpoint at offset %d is not served: %s".formatted(record.offset(), reason));
      }
      judged++;
    }
    return judged;
  }

  /** No alarm that is kept, since what is missing may yet come. */
  private void lookForStandstill() {
    if (standstill.ahead(status.size(), clock.instant()) && !status.stands()) {
      status.stands(true);
      log.error(
          "the log stands still: more of it is signed, and the event of index {} does not come",
          status.size());
    }
  }

  private void alarm(String id, String text) {
    log.error("the log is not what it must be: {}", text);
    store.raise(new Alarm(id, text, clock.instant())).block(STORE_TIMEOUT);
    status.alarmed(value(store.alarms()));
  }
}
