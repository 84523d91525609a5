package dev.keyledger.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Topics;
import dev.keyledger.query.TestTopic;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.LogEntry;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.NoteSigner;
import dev.keyledger.tlog.SignedNote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** A log as the other side would write and sign it. */
public final class TestLog {
  public static final String ORIGIN = "keyledger.example/log";
  public static final NoteSigner SIGNER = signer(ORIGIN, 1);

  private final CompactRange tree = new CompactRange();
  private final List<LoggedEvent> events = new ArrayList<>();
  private final List<Hash> roots = new ArrayList<>(List.of(tree.root()));
  private final Map<String, Long> positions = new HashMap<>();

  /** A signer that is always the same. */
  public static NoteSigner signer(String origin, int seed) {
    byte[] key = new byte[32];
    key[0] = (byte) seed;
    try {
      return NoteSigner.of(origin, key);
    } catch (MalformedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Logs an event at the next position of its account. */
  public LoggedEvent add(KeyRingEvent event) {
    LoggedEvent logged = next(event);
    events.add(logged);
    tree.append(logged.entry().leafHash());
    roots.add(tree.root());
    return logged;
  }

  private LoggedEvent next(KeyRingEvent event) {
    long position = positions.merge(event.accountId(), 1L, Long::sum);
    return logged(events.size(), event, position);
  }

  /** An event at a place that may not be its own. */
  public static LoggedEvent logged(long index, KeyRingEvent event, long position) {
    ProducerRecord<String, byte[]> record = TestTopic.record(Topics.EVENTS, event, position);
    try {
      LogEntry.Builder entry = LogEntry.builder();
      for (Header header : record.headers()) {
        entry.header(header.key(), header.value());
      }
      return LoggedEvent.of(index, entry.build(record.key().getBytes(UTF_8), record.value()));
    } catch (MalformedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** An event as a record of the topic. */
  public static ProducerRecord<String, byte[]> record(
      long index, KeyRingEvent event, long position) {
    return TestTopic.header(
        TestTopic.record(Topics.EVENTS, event, position),
        CloudEvents.LOG_INDEX,
        Long.toString(index));
  }

  public long size() {
    return events.size();
  }

  public List<LoggedEvent> events() {
    return List.copyOf(events);
  }

  /** The root of the first events. */
  public Hash root(long size) {
    return roots.get((int) size);
  }

  /** The signed checkpoint of the first events. */
  public String checkpoint(long size) {
    return checkpoint(size, root(size), SIGNER);
  }

  /** A checkpoint of what may not be this log. */
  public static String checkpoint(long size, Hash root, NoteSigner signer) {
    return SignedNote.sign(new Checkpoint(signer.verifierKey().name(), size, root).text(), signer)
        .toString();
  }
}
