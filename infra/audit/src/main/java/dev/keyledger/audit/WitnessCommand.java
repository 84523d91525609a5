package dev.keyledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.audit.log.LogReader;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.remote.RemoteWitness;
import dev.keyledger.audit.remote.RemoteWitness.Cosigned;
import dev.keyledger.audit.verify.SignedCheckpoints;
import dev.keyledger.audit.verify.SignedCheckpoints.Signed;
import dev.keyledger.audit.verify.Verification;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.SignatureType;
import dev.keyledger.tlog.SignedNote;
import dev.keyledger.tlog.Tile;
import dev.keyledger.tlog.TileWriter;
import dev.keyledger.tlog.TiledTree;
import dev.keyledger.tlog.VerifierKey;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code witness}: will somebody else vouch that the log has only grown? */
@Command(
    name = "witness",
    description = {
      "Verifies the log, has a witness cosign its newest checkpoint, and prints the cosigned note.",
      "The witness learns the checkpoint and hashes, and nothing of the events."
    },
    exitCodeList = {
      "0:the witness cosigned",
      "1:somebody tampered with the log; the witness was not asked",
      "2:there is no cosignature; the message says whether the witness saw another log"
    })
final class WitnessCommand extends AuditCommand {
  @Option(
      names = "--witness",
      required = true,
      paramLabel = "<url>",
      description = "The submission prefix of the witness (C2SP tlog-witness).")
  private URI witness = URI.create("");

  @Option(
      names = "--witness-key",
      required = true,
      paramLabel = "<vkey>",
      description = "Its key, name+id+key, for signatures of the type cosignature/v1.")
  private String witnessKey = "";

  @Override
  int run(LogSource log, SourceOptions options) throws TamperedException, UncheckedLogException {
    VerifierKey key = key();
    options.requireKeys();
    if (log.before().size() > 0) {
      throw new UncheckedLogException("the log is needed from its first event on");
    }
    SignedCheckpoints checkpoints = options.checkpoints();
    checkpoints.addFound(log.checkpoints());
    checkpoints.requireAny();
    Signed newest = checkpoints.bySize().lastEntry().getValue();
    TiledTree tree = verified(log, checkpoints);
    try (RemoteWitness remote = new RemoteWitness(witness, key)) {
      SignedNote note = SignedNote.parse(newest.note().getBytes(UTF_8));
      tell(newest.checkpoint(), remote.cosign(note, tree, newest.checkpoint().size()));
      return Status.SOUND;
    } catch (MalformedException impossible) {
      throw new IllegalStateException("It was opened before", impossible);
    }
  }

  private VerifierKey key() throws UncheckedLogException {
    try {
      VerifierKey key = VerifierKey.parse(witnessKey);
      if (key.type() == SignatureType.COSIGNATURE) {
        return key;
      }
      throw new UncheckedLogException("--witness-key: its type is not cosignature/v1");
    } catch (MalformedException e) {
      throw new UncheckedLogException("--witness-key: " + e.getMessage());
    }
  }

  /** The tree of the newest checkpoint, made of the events themselves. */
  private TiledTree verified(LogSource log, SignedCheckpoints checkpoints)
      throws TamperedException, UncheckedLogException {
    long size = checkpoints.newest();
    Verification verification = new Verification(log.before(), checkpoints);
    TileWriter writer = new TileWriter();
    try (LogReader reader = log.read(size);
        Progress progress = progress("Verifying", size)) {
      while (writer.size() < size) {
        LogRecord next = reader.next();
        if (next == null) {
          throw new UncheckedLogException("the log ends at index " + (writer.size() - 1));
        }
        verification.accept(next);
        writer.append(next.leafHash());
        progress.step();
      }
    }
    Map<Tile, byte[]> tiles = writer.takeTiles();
    return new TiledTree(tile -> Objects.requireNonNull(tiles.get(tile)), size);
  }

  private void tell(Checkpoint checkpoint, Cosigned cosigned) {
    if (json()) {
      Map<String, Object> result = result("cosigned");
      result.put("size", checkpoint.size());
      result.put("root", checkpoint.root().toString());
      result.put("witness", cosigned.signature().key().name());
      result.put("time", String.valueOf(cosigned.signature().time()));
      result.put("note", cosigned.note().toString());
      print(result);
    } else {
      out().print(cosigned.note());
      out().flush();
    }
  }
}
