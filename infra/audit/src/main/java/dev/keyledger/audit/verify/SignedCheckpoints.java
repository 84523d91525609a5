package dev.keyledger.audit.verify;

import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.SignedNote;
import dev.keyledger.tlog.UnverifiedException;
import dev.keyledger.tlog.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Checkpoints that the log signed, by their size. Two of one size say the same. */
public final class SignedCheckpoints {
  private final NavigableMap<Long, Signed> bySize = new TreeMap<>();
  private final List<VerifierKey> keys;
  private int strangers;

  /** A checkpoint with the note that it came in. */
  public record Signed(Checkpoint checkpoint, String note) {}

  /**
   * Of a log with these keys.
   *
   * @param keys any of them may have signed; none to take checkpoints on trust
   */
  public SignedCheckpoints(List<VerifierKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Adds a checkpoint that somebody kept.
   *
   * @param origin where the note came from, in words
   * @return the size of its tree
   * @throws UncheckedLogException if none of the keys signed it
   * @throws TamperedException if the log signed another tree of that size
   */
  public long addKept(byte[] note, String origin) throws UncheckedLogException, TamperedException {
    Optional<Checkpoint> opened = open(note);
    if (opened.isEmpty()) {
      throw new UncheckedLogException(
          origin + " is no checkpoint that the log signed with the given key");
    }
    add(opened.get(), note);
    return opened.get().size();
  }

  /**
   * Adds what was found beside the events; what the log didn't sign is only counted.
   *
   * @throws TamperedException if the log signed two trees of one size
   */
  public void addFound(List<byte[]> notes) throws TamperedException {
    for (byte[] note : notes) {
      Optional<Checkpoint> opened = open(note);
      if (opened.isPresent()) {
        add(opened.get(), note);
      } else {
        strangers++;
      }
    }
  }

  private void add(Checkpoint checkpoint, byte[] note) throws TamperedException {
    Signed other =
        bySize.putIfAbsent(
            checkpoint.size(), new Signed(checkpoint, new String(note, StandardCharsets.UTF_8)));
    if (other != null && !other.checkpoint().root().equals(checkpoint.root())) {
      throw new TamperedException(
          Math.max(0, checkpoint.size() - 1),
          "the log signed two different trees of size "
              + checkpoint.size()
              + ", so it tells different people different things");
    }
  }

  private Optional<Checkpoint> open(byte[] note) {
    for (VerifierKey key : keys) {
      try {
        return Optional.of(Checkpoint.open(note, key));
      } catch (MalformedException | UnverifiedException _) {
        // perhaps another key did
      }
    }
    return keys.isEmpty() ? onTrust(note) : Optional.empty();
  }

  private static Optional<Checkpoint> onTrust(byte[] note) {
    try {
      return Optional.of(Checkpoint.parse(SignedNote.parse(note).text()));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  /** Where there is none, nothing can be said about the log. */
  public void requireAny() throws UncheckedLogException {
    if (bySize.isEmpty()) {
      throw new UncheckedLogException(
          strangers == 0
              ? "there is no checkpoint"
              : "none of the %d checkpoints is signed with the given key".formatted(strangers));
    }
  }

  /** Those of all sizes, ascending. */
  public NavigableMap<Long, Signed> bySize() {
    return bySize;
  }

  /** Number of leaves of the largest tree, 0 if there is none. */
  public long newest() {
    return bySize.isEmpty() ? 0 : bySize.lastKey();
  }

  /** What was found that the log did not sign. */
  public int strangers() {
    return strangers;
  }

  /** The root that the log signed for a tree of that size, if it did. */
  Optional<Hash> root(long size) {
    return Optional.ofNullable(bySize.get(size)).map(signed -> signed.checkpoint().root());
  }
}
