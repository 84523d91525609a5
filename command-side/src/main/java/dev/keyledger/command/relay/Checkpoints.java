package dev.keyledger.command.relay;

import dev.keyledger.events.Topics;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.NoteSigner;
import dev.keyledger.tlog.SignedNote;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The tree over what is published, and its checkpoints: signed, kept, and only then sent. Belongs
 * to one run of publishing.
 */
final class Checkpoints {
  private final CheckpointStore store;
  private final NoteSigner signer;
  private final CompactRange tree;
  private long kept;
  private @Nullable SignedNote unsent;

  /** Goes on from the last checkpoint, which is to be sent once more: nobody knows that it was. */
  Checkpoints(CheckpointStore store, NoteSigner signer) {
    this.store = store;
    this.signer = signer;
    Optional<CheckpointStore.Stored> last = store.last(origin());
    this.tree = last.map(CheckpointStore.Stored::tree).orElseGet(CompactRange::new);
    this.kept = tree.size();
    this.unsent = last.map(CheckpointStore.Stored::note).orElse(null);
  }

  /** Number of leaves of the tree. */
  long size() {
    return tree.size();
  }

  /** Adds what was published; what is in the tree already is passed over. */
  void append(LogBatch published) {
    published.from(tree.size()).records().forEach(event -> tree.append(event.leaf()));
  }

  /** Whether there is something to sign or to send. */
  boolean isDue() {
    return unsent != null || kept < tree.size();
  }

  /**
   * Signs and keeps a checkpoint of the tree, if it has grown.
   *
   * @param published all below it is acknowledged; a checkpoint of a larger tree is held back
   * @return what is to be sent, if anything
   * @throws IllegalStateException if another node kept one of a tree as large meanwhile
   */
  Optional<ProducerRecord<String, byte[]>> take(long published) {
    if (kept < tree.size()) {
      Checkpoint checkpoint = new Checkpoint(origin(), tree.size(), tree.root());
      SignedNote note = SignedNote.sign(checkpoint.text(), signer);
      if (!store.replace(note, tree)) {
        throw new IllegalStateException("Another node publishes the log, too.");
      }
      kept = tree.size();
      unsent = note;
    }
    SignedNote note = unsent;
    if (note == null || published < kept) {
      return Optional.empty();
    }
    unsent = null;
    return Optional.of(new ProducerRecord<>(Topics.CHECKPOINTS, origin(), note.bytes()));
  }

  private String origin() {
    return signer.verifierKey().name();
  }
}
