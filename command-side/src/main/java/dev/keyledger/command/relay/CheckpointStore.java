package dev.keyledger.command.relay;

import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.SignedNote;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The last checkpoint in PostgreSQL, with all that it takes to go on from it. */
class CheckpointStore {
  private final JdbcClient jdbc;

  CheckpointStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A checkpoint and the tree that it is of.
   *
   * @param tree as it was then
   */
  record Stored(SignedNote note, CompactRange tree) {}

  /**
   * The last checkpoint; empty if there was none yet.
   *
   * @throws LogFaultException if it is not one of this log, or not one of this tree
   */
  Optional<Stored> last(String origin) {
    return jdbc.sql("SELECT tree_size, subtrees, note FROM log_checkpoint")
        .query((row, n) -> read(origin, row.getLong(1), row.getBytes(2), row.getString(3)))
        .optional();
  }

  /**
   * Keeps a checkpoint in place of the last one, which must have been of a smaller tree.
   *
   * @return whether it was; if not, nothing changed
   */
  boolean replace(SignedNote note, CompactRange tree) {
    return jdbc.sql(
                """
                INSERT INTO log_checkpoint (tree_size, subtrees, note) VALUES (?, ?, ?)
                ON CONFLICT (only_row) DO UPDATE SET tree_size = excluded.tree_size,
                    subtrees = excluded.subtrees, note = excluded.note, signed_at = now()
                WHERE log_checkpoint.tree_size < excluded.tree_size\
                """)
            .params(tree.size(), bytes(tree.subtrees()), note.toString())
            .update()
        > 0;
  }

  /** Number of leaves of the last one, 0 if there was none. */
  long size() {
    return jdbc.sql("SELECT COALESCE(MAX(tree_size), 0) FROM log_checkpoint")
        .query(Long.class)
        .single();
  }

  /** Seconds since the last one, 0 if there was none. */
  double age() {
    return jdbc.sql(
            "SELECT COALESCE(MAX(EXTRACT(EPOCH FROM now() - signed_at)), 0) FROM log_checkpoint")
        .query(Double.class)
        .single();
  }

  private static Stored read(String origin, long size, byte[] subtrees, String text) {
    try {
      CompactRange tree = CompactRange.of(size, hashes(subtrees));
      SignedNote note = SignedNote.parse(text.getBytes(StandardCharsets.UTF_8));
      if (!Checkpoint.parse(note.text()).equals(new Checkpoint(origin, size, tree.root()))) {
        throw new LogFaultException("the last checkpoint is of another log or another tree");
      }
      return new Stored(note, tree);
    } catch (MalformedException e) {
      throw new LogFaultException("the last checkpoint can't be read: " + e.getMessage());
    }
  }

  private static byte[] bytes(List<Hash> hashes) {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * Hash.SIZE);
    hashes.forEach(hash -> bytes.put(hash.bytes()));
    return bytes.array();
  }

  private static List<Hash> hashes(byte[] bytes) throws MalformedException {
    List<Hash> hashes = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      byte[] hash = new byte[Math.min(Hash.SIZE, rest.remaining())];
      rest.get(hash);
      hashes.add(Hash.of(hash));
    }
    return hashes;
  }
}
