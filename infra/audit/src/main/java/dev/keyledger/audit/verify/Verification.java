package dev.keyledger.audit.verify;

import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tree anew from the records and compares it with each checkpoint that it passes. Sees
 * that the events of each account follow one another, too.
 */
public final class Verification {
  private final SignedCheckpoints checkpoints;
  private final CompactRange tree;
  private final Map<String, Long> positions = new HashMap<>();
  private final boolean fromTheBeginning;
  private long covered;
  private int compared;

  /**
   * Begins after the events of a tree, which may be empty.
   *
   * @param tree is taken on trust until a checkpoint is passed, which vouches for it as well
   */
  public Verification(CompactRange tree, SignedCheckpoints checkpoints) throws TamperedException {
    this.tree = tree;
    this.checkpoints = checkpoints;
    this.fromTheBeginning = tree.size() == 0;
    this.covered = tree.size();
    compare();
  }

  /** Goes on where another run was; the next checkpoint vouches for what that had seen. */
  public Verification(VerificationState state, SignedCheckpoints checkpoints)
      throws UncheckedLogException {
    this.tree = tree(state);
    this.checkpoints = checkpoints;
    this.fromTheBeginning = state.fromTheBeginning();
    this.covered = state.covered();
    this.compared = state.compared();
    this.positions.putAll(state.positions());
  }

  private static CompactRange tree(VerificationState state) throws UncheckedLogException {
    try {
      List<Hash> subtrees = new ArrayList<>();
      for (String subtree : state.subtrees()) {
        subtrees.add(Hash.parse(subtree));
      }
      return CompactRange.of(state.size(), subtrees);
    } catch (MalformedException e) {
      throw new UncheckedLogException("what an earlier run left can't be used: " + e.getMessage());
    }
  }

  /** How far it is. */
  public VerificationState state(String source, long repeats, Map<Integer, Long> offsets) {
    List<String> subtrees = tree.subtrees().stream().map(Hash::toString).toList();
    return new VerificationState(
        source,
        tree.size(),
        subtrees,
        covered,
        compared,
        fromTheBeginning,
        positions,
        repeats,
        offsets);
  }

  /**
   * Takes the next record.
   *
   * @throws TamperedException if the tree is now another one than the log signed, or the event
   *     can't follow those before it
   */
  public void accept(LogRecord record) throws TamperedException {
    checkPosition(record);
    tree.append(record.leafHash());
    compare();
  }

  private void compare() throws TamperedException {
    Hash signed = checkpoints.root(tree.size()).orElse(null);
    if (signed == null) {
      return;
    }
    if (!signed.equals(tree.root())) {
      throw new TamperedException(
          covered,
          "the events %s are not those that the log signed: the tree of size %d has the root %s, not %s"
              .formatted(range(), tree.size(), tree.root(), signed));
    }
    covered = tree.size();
    compared++;
  }

  private String range() {
    return tree.size() - covered == 1
        ? "at index " + covered
        : "from index %d to %d, one or more of them,".formatted(covered, tree.size() - 1);
  }

  private void checkPosition(LogRecord record) throws TamperedException {
    String account = new String(record.entry().key(), StandardCharsets.UTF_8);
    long position = position(record);
    Long before = positions.put(account, position);
    boolean follows = before == null ? !fromTheBeginning || position == 1 : position == before + 1;
    if (!follows) {
      throw new TamperedException(
          record.index(),
          "index %d is position %d of account %s, and the one before it is %s"
              .formatted(record.index(), position, account, before == null ? "missing" : before));
    }
  }

  private static long position(LogRecord record) throws TamperedException {
    byte @Nullable [] text = record.entry().attribute("position");
    try {
      return text == null ? 0 : Long.parseLong(new String(text, StandardCharsets.US_ASCII));
    } catch (NumberFormatException _) {
      throw new TamperedException(
          record.index(), "index " + record.index() + " has no position in its account");
    }
  }

  /** Number of events that checkpoints vouch for, those before the first one included. */
  public long covered() {
    return covered;
  }

  /** Number of events, those before the first one included. */
  public long size() {
    return tree.size();
  }

  /** Of the tree of these events. */
  public Hash signedRoot() {
    return checkpoints.root(covered).orElse(Hash.EMPTY_TREE);
  }

  /** Checkpoints that were compared. */
  public int compared() {
    return compared;
  }
}
