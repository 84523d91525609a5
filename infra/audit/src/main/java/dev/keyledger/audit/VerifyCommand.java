package dev.keyledger.audit;

import dev.keyledger.audit.log.LogReader;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.verify.SignedCheckpoints;
import dev.keyledger.audit.verify.Verification;
import dev.keyledger.audit.verify.VerificationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}: are the events those that the log signed? */
@Command(
    name = "verify",
    description = {
      "Makes the tree anew from the events and compares it with every checkpoint that the log signed.",
      "Finds events that were changed, dropped, added, moved or that come twice, and names the first."
    })
final class VerifyCommand extends AuditCommand {
  @Option(
      names = "--checkpoint",
      paramLabel = "<file>",
      description = "A checkpoint that you kept, or a witness did. May be given more than once.")
  private List<Path> kept = new ArrayList<>();

  private final Map<Path, Long> keptSizes = new LinkedHashMap<>();

  @Mixin private ResumeOption resume = new ResumeOption();

  @Override
  int run(LogSource log, SourceOptions options) throws TamperedException, UncheckedLogException {
    options.requireKeys();
    SignedCheckpoints checkpoints = checkpoints(log, options);
    Optional<VerificationState> earlier = earlier(log, checkpoints);
    Verification verification =
        earlier.isPresent()
            ? new Verification(earlier.get(), checkpoints)
            : new Verification(log.before(), checkpoints);
    Map<Integer, Long> offsets = earlier.map(VerificationState::offsets).orElse(Map.of());
    long repeats = earlier.map(VerificationState::repeats).orElse(0L);
    try (LogReader reader = log.read(verification.size(), offsets, checkpoints.newest())) {
      repeats += read(log, reader, verification, checkpoints.newest());
    }
    int status = judge(log, checkpoints, verification, repeats);
    resume.done();
    return status;
  }

  /** What an earlier run left, unless there are checkpoints by now that it should have compared. */
  private Optional<VerificationState> earlier(LogSource log, SignedCheckpoints checkpoints)
      throws UncheckedLogException {
    return resume
        .found(VerificationState.class)
        .filter(state -> state.source().equals(log.name()))
        .filter(state ->
            state.compared()
                == checkpoints
                    .bySize()
                    .subMap(log.before().size(), true, state.size(), true)
                    .size());
  }

  private long read(LogSource log, LogReader reader, Verification verification, long newest)
      throws TamperedException, UncheckedLogException {
    ResumeOption.State state =
        () -> verification.state(log.name(), reader.repeats(), reader.offsets());
    try (Progress progress = progress("Verifying", newest - verification.size())) {
      for (LogRecord next = reader.next(); next != null; next = reader.next()) {
        verification.accept(next);
        progress.step();
        resume.saveIfDue(state);
      }
    } catch (UncheckedLogException e) {
      resume.save(state);
      throw e;
    }
    return reader.repeats();
  }

  private SignedCheckpoints checkpoints(LogSource log, SourceOptions options)
      throws TamperedException, UncheckedLogException {
    SignedCheckpoints checkpoints = options.checkpoints();
    for (Path file : kept) {
      try {
        keptSizes.put(file, checkpoints.addKept(Files.readAllBytes(file), file.toString()));
      } catch (IOException e) {
        throw new UncheckedLogException("can't read " + file + ": " + e);
      }
    }
    checkpoints.addFound(log.checkpoints());
    checkpoints.requireAny();
    return checkpoints;
  }

  private int judge(
      LogSource log, SignedCheckpoints checkpoints, Verification verification, long repeats)
      throws TamperedException, UncheckedLogException {
    if (checkpoints.newest() > verification.size()) {
      throw new UncheckedLogException(
          "the checkpoint of size %d is about events that are not in the %s, which ends at index %d"
              .formatted(checkpoints.newest(), log.name(), verification.size() - 1));
    }
    requireKeptCompared(log.before().size());
    if (verification.covered() == log.before().size() && verification.size() > 0) {
      throw new UncheckedLogException("there is no checkpoint of these events");
    }
    if (checkpoints.strangers() > 0) {
      throw new TamperedException(
          TamperedException.NO_EVENT,
          "the events are those that were signed, but %d checkpoints beside them are not signed with the given key"
              .formatted(checkpoints.strangers()));
    }
    tell(log, verification, repeats);
    return Status.SOUND;
  }

  /** Of a smaller tree than that before the first event, no root can be made here. */
  private void requireKeptCompared(long first) throws UncheckedLogException {
    for (Map.Entry<Path, Long> one : keptSizes.entrySet()) {
      if (one.getValue() < first) {
        throw new UncheckedLogException(
            "%s is a checkpoint of size %d, which can't be compared: the first event here has index %d"
                .formatted(one.getKey(), one.getValue(), first));
      }
    }
  }

  private void tell(LogSource log, Verification verification, long repeats) {
    long first = log.before().size();
    if (json()) {
      Map<String, Object> result = result("sound");
      result.put("first", first);
      result.put("size", verification.covered());
      result.put("root", verification.signedRoot().toString());
      result.put("checkpoints", verification.compared());
      result.put("notCovered", verification.size() - verification.covered());
      result.put("repeats", repeats);
      print(result);
      return;
    }
    out()
        .printf(
            "SOUND: the %,d events from index %d to %d are those that the log signed.%n",
            verification.covered() - first, first, verification.covered() - 1);
    out()
        .printf(
            "  %,d checkpoints compared; the newest is of size %d, with the root %s%n",
            verification.compared(), verification.covered(), verification.signedRoot());
    if (verification.size() > verification.covered()) {
      out()
          .printf(
              "  %,d more events have no checkpoint yet.%n",
              verification.size() - verification.covered());
    }
    if (repeats > 0) {
      out().printf("  %,d records came again, with the same bytes.%n", repeats);
    }
  }
}
