package dev.keyledger.tlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A signature line of a note (C2SP signed-note, "Signatures"); says nothing until verified. */
public final class NoteSignature {
  private static final Pattern LINE = Pattern.compile("\u2014 ([^ ]+) ([^ ]+)");

  private final String name;
  private final int keyId;
  private final byte[] bytes;

  NoteSignature(String name, int keyId, byte[] bytes) {
    this.name = name;
    this.keyId = keyId;
    this.bytes = bytes.clone();
  }

  /**
   * Signature lines as a witness answers with (C2SP tlog-witness, "add-checkpoint").
   *
   * @param lines at least one, each with its newline
   */
  public static List<NoteSignature> parseLines(String lines) throws MalformedException {
    if (!lines.endsWith("\n")) {
      throw new MalformedException("signatures are lines that end in a newline");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
      signatures.add(parse(line));
    }
    return signatures;
  }

  private static NoteSignature parse(String line) throws MalformedException {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches() || !KeyNames.isName(parts.group(1))) {
      throw new MalformedException("not a signature line");
    }
    byte[] bytes = Base64Text.parse(parts.group(2));
    if (bytes.length <= Integer.BYTES) {
      throw new MalformedException("a signature line without a signature");
    }
    ByteReader reader = new ByteReader(bytes);
    return new NoteSignature(parts.group(1), (int) reader.uint32(), reader.rest());
  }

  /** The name of the key that is said to have signed. */
  public String name() {
    return name;
  }

  /** The id of the key that is said to have signed. */
  public int keyId() {
    return keyId;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** The line, with its newline. */
  @Override
  public String toString() {
    byte[] idAndSignature =
        ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(keyId).put(bytes).array();
    return "\u2014 " + name + " " + Base64Text.of(idAndSignature) + "\n";
  }
}
