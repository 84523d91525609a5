package dev.keyledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.LogEntry;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.NoteSigner;
import dev.keyledger.tlog.SignedNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A log as command-side would publish it: events of a few accounts, and signed checkpoints. */
public final class TestLog {
  public static final String ORIGIN = "keyledger.example/log";
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final NoteSigner signer;
  private final List<LogRecord> records = new ArrayList<>();
  private final List<byte[]> checkpoints = new ArrayList<>();

  public TestLog() {
    this.signer = signer(1);
  }

  /** A log of that many events, with a checkpoint after every tenth and the last one. */
  public static TestLog of(int events) {
    return of(events, 10);
  }

  /** A log of that many events, with a checkpoint after each so many and the last one. */
  public static TestLog of(int events, int eventsPerCheckpoint) {
    TestLog log = new TestLog();
    for (int i = 0; i < events; i++) {
      log.add(event(i % 3, i / 3), i / 3 + 1);
      if ((i + 1) % eventsPerCheckpoint == 0 || i == events - 1) {
        log.sign();
      }
    }
    return log;
  }

  public static NoteSigner signer(int seed) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) seed);
    try {
      return NoteSigner.of(ORIGIN, key);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** The n-th event of an account, from 0: a key that is made, disabled, made … */
  public static KeyRingEvent event(int account, int n) {
    String id = "acct-" + account;
    Instant at = NOON.plusSeconds(n);
    return switch (n % 3) {
      case 0 -> new CodeVerified(id, at, "ch-" + n, List.of("email", "totp"), 59_000_000L + n);
      case 1 -> created(id, at, n);
      default -> new KeyDisabled(id, at, "key-" + (n - 1), "Bot " + (n - 1), "by-owner", null);
    };
  }

  private static KeyCreated created(String account, Instant at, int n) {
    return new KeyCreated(
        account,
        at,
        "ch-" + (n - 1),
        "key-" + n,
        "Bot " + n,
        "hmac-sha256",
        null,
        "root",
        List.of("read", "trade"),
        List.of("203.0.113.7"),
        null,
        null);
  }

  public TestLog add(KeyRingEvent event, long position) {
    return add(entry(event.accountId(), headers(event, position), JSON.writeValueAsBytes(event)));
  }

  public TestLog add(LogEntry entry) {
    records.add(new LogRecord(records.size(), entry));
    return this;
  }

  public static LogEntry entry(String key, Map<String, String> headers, byte[] value) {
    LogEntry.Builder entry = LogEntry.builder();
    try {
      for (String name : headers.keySet()) {
        entry.header(name, String.valueOf(headers.get(name)).getBytes(UTF_8));
      }
      return entry.build(key.getBytes(UTF_8), value);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  public static Map<String, String> headers(KeyRingEvent event, long position) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(CloudEvents.SPEC_VERSION, CloudEvents.SPEC_VERSION_VALUE);
    headers.put(CloudEvents.ID, event.accountId() + ":" + position);
    headers.put(CloudEvents.SOURCE, CloudEvents.SOURCE_VALUE);
    headers.put(CloudEvents.TYPE, EventTypes.nameOf(event.getClass()));
    headers.put(CloudEvents.SUBJECT, event.accountId());
    headers.put(CloudEvents.TIME, event.occurredAt().toString());
    headers.put(CloudEvents.DATA_SCHEMA, EventTypes.schemaUri(event.getClass()));
    headers.put(CloudEvents.POSITION, Long.toString(position));
    headers.put(CloudEvents.CONTENT_TYPE, CloudEvents.CONTENT_TYPE_VALUE);
    return headers;
  }

  /** The value of an event that was decided at another time. */
  public static byte[] json(KeyRingEvent event, Instant at) {
    String json = JSON.writeValueAsString(event);
    return json.replace(event.occurredAt().toString(), at.toString()).getBytes(UTF_8);
  }

  /** Signs a checkpoint of all that there is. */
  public TestLog sign() {
    checkpoints.add(checkpoint(records, signer));
    return this;
  }

  public static byte[] checkpoint(List<LogRecord> records, NoteSigner signer) {
    CompactRange tree = new CompactRange();
    records.forEach(record -> tree.append(record.entry().leafHash()));
    return SignedNote.sign(new Checkpoint(ORIGIN, tree.size(), tree.root()).text(), signer).bytes();
  }

  public String verifierKey() {
    return signer.verifierKey().toString();
  }

  /** Can be changed: what a tamperer does. */
  public List<LogRecord> records() {
    return records;
  }

  /** Can be changed. */
  public List<byte[]> checkpoints() {
    return checkpoints;
  }
}
