package dev.keyledger.audit;

import dev.keyledger.audit.log.LogReader;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.verify.SignedCheckpoints;
import dev.keyledger.replay.At;
import dev.keyledger.replay.BrokenOrderException;
import dev.keyledger.replay.EventReader;
import dev.keyledger.replay.KeyRing;
import dev.keyledger.replay.LoggedEvent;
import dev.keyledger.replay.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code state}: what could an account's keys do then, and who had approved it? */
@Command(
    name = "state",
    description = {
      "Shows an account's key ring as it was: what each key could do, since when,",
      "and which challenge with which factors had approved it."
    })
final class StateCommand extends AuditCommand {
  @Option(names = "--account", required = true, paramLabel = "<id>", description = "The account.")
  private String account = "";

  @Option(
      names = "--at",
      paramLabel = "<at>",
      description = "An RFC 3339 instant, position:<n> or logindex:<n>; now, if not given.")
  private @Nullable String at;

  @Option(names = "--public-api-key", paramLabel = "<key>", description = "Only this key.")
  private @Nullable String publicApiKey;

  @Override
  int run(LogSource log, SourceOptions options) throws TamperedException, UncheckedLogException {
    At until = until();
    if (log.before().size() > 0) {
      throw new UncheckedLogException("the log is needed from its first event on");
    }
    SignedCheckpoints checkpoints = options.checkpoints();
    checkpoints.addFound(log.checkpoints());
    List<LoggedEvent> events = events(log, checkpoints.newest(), until);
    try {
      KeyRing ring = KeyRing.of(account, events, until);
      RingReport report = new RingReport(ring, instant(until, events, ring), publicApiKey);
      if (json()) {
        print(report.json());
      } else {
        report.lines().forEach(line -> out().println(printable(line)));
      }
      return Status.SOUND;
    } catch (BrokenOrderException e) {
      throw new TamperedException(e.logIndex(), String.valueOf(e.getMessage()));
    }
  }

  private At until() throws UncheckedLogException {
    return at == null
        ? new At.End()
        : At.parse(at)
            .orElseThrow(() ->
                new UncheckedLogException(
                    "--at is an RFC 3339 instant, position:<n> or logindex:<n>"));
  }

  private List<LoggedEvent> events(LogSource log, long required, At until)
      throws TamperedException, UncheckedLogException {
    byte[] key = account.getBytes(StandardCharsets.UTF_8);
    EventReader reader = new EventReader();
    List<LoggedEvent> events = new ArrayList<>();
    long size = 0;
    try (LogReader records = log.read(required);
        Progress progress = progress("Reading", required)) {
      for (LogRecord next = records.next(); next != null; next = records.next()) {
        if (Arrays.equals(next.entry().key(), key)) {
          events.add(reader.read(next.index(), next.entry()));
        }
        size = next.index() + 1;
        progress.step();
      }
      requireEvent(account, until, events.size(), size);
      return events;
    } catch (UnreadableEventException e) {
      throw new UncheckedLogException("an event of the account can't be read: " + e.getMessage());
    }
  }

  /** What has not happened yet can't be told. */
  private static void requireEvent(String account, At until, long positions, long size)
      throws UncheckedLogException {
    if (until instanceof At.Index(long index) && index >= size) {
      throw new UncheckedLogException("the log ends at index " + (size - 1));
    }
    if (until instanceof At.Position(long position) && position > positions) {
      throw new UncheckedLogException(
          "account %s ends at position %d".formatted(account, positions));
    }
  }

  /** The instant that the question is about: that of the last event where it names an event. */
  private static Instant instant(At until, List<LoggedEvent> events, KeyRing ring) {
    return switch (until) {
      case At.Time(Instant instant) -> instant;
      case At.End() -> Instant.now();
      case At.Position _, At.Index _ ->
          ring.position() == 0
              ? Instant.EPOCH
              : events.get((int) ring.position() - 1).event().occurredAt();
    };
  }
}
