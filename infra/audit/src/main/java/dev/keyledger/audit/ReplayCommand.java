package dev.keyledger.audit;

import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.remote.RemoteQuerySide;
import dev.keyledger.audit.remote.RemoteStateHash;
import dev.keyledger.audit.replay.OtherSide;
import dev.keyledger.audit.replay.Parting;
import dev.keyledger.audit.replay.ReplayState;
import dev.keyledger.audit.replay.Replayer;
import dev.keyledger.audit.verify.SignedCheckpoints;
import dev.keyledger.replay.At;
import dev.keyledger.replay.KeyRings;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replay}: what do the events alone come to? */
@Command(
    name = "replay",
    description = {
      "Makes all key rings anew from the events alone, and prints the hash of them all.",
      "Asks query-side for the same hash, if it is named, and finds the first event where the two part."
    })
final class ReplayCommand extends AuditCommand {
  @Option(
      names = "--until",
      paramLabel = "<at>",
      description =
          "The last event: logindex:<n>, or the last one before any that is later than an RFC 3339 instant.")
  private @Nullable String until;

  @ArgGroup(exclusive = false)
  private @Nullable QuerySideOptions other;

  @Mixin private ResumeOption resume = new ResumeOption();

  @Override
  int run(LogSource log, SourceOptions options) throws TamperedException, UncheckedLogException {
    At end = end();
    SignedCheckpoints checkpoints = options.checkpoints();
    checkpoints.addFound(log.checkpoints());
    Replayer replayer = new Replayer(log, checkpoints.newest());
    long total = end instanceof At.Index(long index) ? index + 1 : checkpoints.newest();
    Optional<ReplayState> earlier =
        resume
            .found(ReplayState.class)
            .filter(state -> state.source().equals(log.name()) && isBefore(end, state));
    KeyRings begun =
        earlier.map(state -> KeyRings.of(state.size(), state.rings())).orElseGet(KeyRings::new);
    Map<Integer, Long> offsets = earlier.map(ReplayState::offsets).orElse(Map.of());
    KeyRings rings;
    try (Progress progress = progress("Replaying", total - begun.size())) {
      rings =
          replayer.replay(
              begun,
              offsets,
              end,
              (now, reader) -> {
                progress.step();
                resume.saveIfDue(
                    () -> new ReplayState(log.name(), now.size(), now.all(), reader.offsets()));
              });
    }
    if (end instanceof At.Index(long index) && rings.size() <= index) {
      throw new UncheckedLogException("the log ends at index " + (rings.size() - 1));
    }
    if (other != null && rings.size() > 0) {
      compare(replayer, rings, other);
    }
    tell(rings);
    resume.done();
    return Status.SOUND;
  }

  private static boolean isBefore(At end, ReplayState state) {
    return switch (end) {
      case At.End() -> true;
      case At.Index(long index) -> state.size() <= index + 1;
      case At.Time _, At.Position _ -> false; // only the events themselves tell
    };
  }

  private At end() throws UncheckedLogException {
    if (until == null) {
      return new At.End();
    }
    return At.parse(until)
        .filter(at -> !(at instanceof At.Position))
        .orElseThrow(
            () -> new UncheckedLogException("--until is logindex:<n> or an RFC 3339 instant"));
  }

  private void compare(Replayer replayer, KeyRings rings, QuerySideOptions options)
      throws TamperedException, UncheckedLogException {
    try (RemoteQuerySide querySide = options.open()) {
      OtherSide side = new RemoteStateHash(querySide);
      String theirs = side.stateHash(rings.size() - 1);
      if (!theirs.equals(rings.stateHash().toString())) {
        err().println("The hashes differ; looking for the event where the two part.");
        long index = new Parting(replayer, side).find(rings.size());
        throw new TamperedException(
            index,
            "query-side and this replay part at index %d: up to the event before, both have the same state"
                .formatted(index));
      }
    }
  }

  private void tell(KeyRings rings) {
    int keys = rings.all().stream().mapToInt(ring -> ring.keys().size()).sum();
    if (json()) {
      Map<String, Object> result = result("replayed");
      result.put("events", rings.size());
      result.put("lastIndex", rings.size() - 1);
      result.put("accounts", rings.accounts());
      result.put("keys", keys);
      result.put("stateHash", rings.stateHash().toString());
      result.put("querySideAgrees", other != null);
      print(result);
      return;
    }
    out()
        .printf(
            "Replayed %,d events, up to index %d: %,d accounts with %,d keys.%n",
            rings.size(), rings.size() - 1, rings.accounts(), keys);
    out().println("State hash: " + rings.stateHash());
    if (other != null) {
      out().println("query-side has the same.");
    }
  }
}
