package dev.keyledger.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A text and its signatures (C2SP signed-note). The text is to be used only after {@link #verify}.
 *
 * @param text with its final newline
 * @param signatures at least one
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
  /** More signatures than that are refused; the specification asks for 16. */
  public static final int MAX_SIGNATURES = 100;

  /** Bytes of a whole note; a larger one is refused. */
  public static final int MAX_SIZE = 1_000_000;

  /**
   * @throws IllegalArgumentException if the text can't be that of a note or nobody signed
   */
  public SignedNote {
    signatures = List.copyOf(signatures);
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException("a note has 1 to 100 signatures");
    }
    if (!isText(text)) {
      throw new IllegalArgumentException(
          "the text of a note ends in a newline, and has no other control characters");
    }
  }

  public static SignedNote sign(String text, NoteSigner signer) {
    return new SignedNote(text, List.of(signer.sign(text)));
  }

  /** Takes a note apart, strictly. */
  public static SignedNote parse(byte[] note) throws MalformedException {
    return parse(decode(note));
  }

  static SignedNote parse(String all) throws MalformedException {
    int split = all.lastIndexOf("\n\n");
    if (split < 0) {
      throw new MalformedException("a note without an empty line before its signatures");
    }
    try {
      return new SignedNote(
          all.substring(0, split + 1), NoteSignature.parseLines(all.substring(split + 2)));
    } catch (IllegalArgumentException notOne) {
      throw new MalformedException(String.valueOf(notOne.getMessage()));
    }
  }

  private static String decode(byte[] note) throws MalformedException {
    if (note.length > MAX_SIZE) {
      throw new MalformedException("a note has at most 1000000 bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(note)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedException("a note is UTF-8");
    }
  }

  /** The same note with these signatures besides. */
  public SignedNote with(List<NoteSignature> more) {
    List<NoteSignature> all = new ArrayList<>(signatures);
    all.addAll(more);
    return new SignedNote(text, all);
  }

  /**
   * Verifies the signatures of all known keys; those of others are ignored.
   *
   * @return at least one
   * @throws UnverifiedException if no known key signed, or a signature that names one is wrong
   */
  public List<VerifiedSignature> verify(Collection<VerifierKey> known) throws UnverifiedException {
    List<VerifiedSignature> verified = new ArrayList<>();
    for (NoteSignature signature : signatures) {
      for (VerifierKey key : known) {
        if (key.isNamedBy(signature)) {
          verified.add(
              key.verify(text, signature)
                  .orElseThrow(
                      () -> new UnverifiedException("a wrong signature in the name of " + key)));
        }
      }
    }
    if (verified.isEmpty()) {
      throw new UnverifiedException("no known key signed the note");
    }
    return verified;
  }

  private static boolean isText(String text) {
    return text.endsWith("\n")
        && text.codePoints()
            .allMatch(c -> c == '\n' || (c >= ' ' && Character.getType(c) != Character.SURROGATE));
  }

  public byte[] bytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The whole note. */
  @Override
  public String toString() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(note::append);
    return note.toString();
  }
}
