package dev.keyledger.tlog;

import java.util.List;

/**
 * The state of a log that it vouches for (C2SP tlog-checkpoint).
 *
 * @param origin which log; it is also the name of its key
 * @param size number of leaves
 * @param root the Merkle tree hash of all leaves
 * @param extensions further lines, which the specification advises against
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
  private static final int LINES = 3;

  /**
   * @throws IllegalArgumentException if the size is negative, or the origin or an extension is not
   *     a line with something in it
   */
  public Checkpoint {
    extensions = List.copyOf(extensions);
    if (size < 0) {
      throw new IllegalArgumentException("no size of a log: " + size);
    }
    if (!isLine(origin) || !extensions.stream().allMatch(Checkpoint::isLine)) {
      throw new IllegalArgumentException("origin and extensions are lines that are not empty");
    }
  }

  public Checkpoint(String origin, long size, Hash root) {
    this(origin, size, root, List.of());
  }

  /**
   * The checkpoint in a note, once it is sure that the log signed it.
   *
   * @param log the key of the log, whose name is the origin
   * @throws MalformedException if it is no note or no checkpoint
   * @throws UnverifiedException if the log didn't sign it, or it is one of another log
   */
  public static Checkpoint open(byte[] note, VerifierKey log)
      throws MalformedException, UnverifiedException {
    return open(SignedNote.parse(note), log);
  }

  static Checkpoint open(SignedNote note, VerifierKey log)
      throws MalformedException, UnverifiedException {
    note.verify(List.of(log));
    Checkpoint checkpoint = parse(note.text());
    if (!checkpoint.origin.equals(log.name())) {
      throw new UnverifiedException("a checkpoint of another log");
    }
    return checkpoint;
  }

  /** Reads the text of a note, which the caller has verified. */
  public static Checkpoint parse(String text) throws MalformedException {
    if (!text.endsWith("\n")) {
      throw new MalformedException("a checkpoint ends in a newline");
    }
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    if (lines.size() < LINES) {
      throw new MalformedException("a checkpoint has at least three lines");
    }
    long size = Decimal.parse(lines.get(1));
    Hash root = Hash.parse(lines.get(2));
    try {
      return new Checkpoint(lines.get(0), size, root, lines.subList(LINES, lines.size()));
    } catch (IllegalArgumentException emptyLine) {
      throw new MalformedException("a checkpoint has no empty lines and no control characters");
    }
  }

  /** The text that is signed. */
  public String text() {
    StringBuilder text =
        new StringBuilder(origin).append('\n').append(size).append('\n').append(root).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static boolean isLine(String line) {
    return !line.isEmpty() && line.chars().allMatch(c -> c >= ' ');
  }
}
