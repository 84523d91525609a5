package dev.keyledger.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A key that signatures of notes are verified with (C2SP signed-note, "Verifier keys"). */
public final class VerifierKey {
  private static final Pattern VKEY = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+(.+)");

  private final String name;
  private final SignatureType type;
  private final byte[] publicKey;
  private final int id;

  private VerifierKey(String name, SignatureType type, byte[] publicKey) {
    this.name = name;
    this.type = type;
    this.publicKey = publicKey;
    this.id = id(name, type, publicKey);
  }

  /**
   * A key of its parts.
   *
   * @param publicKey 32 bytes (RFC 8032, section 5.1.2)
   */
  public static VerifierKey of(String name, SignatureType type, byte[] publicKey)
      throws MalformedException {
    if (!KeyNames.isName(name)) {
      throw new MalformedException("not the name of a key");
    }
    if (publicKey.length != Ed25519.PUBLIC_KEY_SIZE
        || !Ed25519.validatePublicKeyFull(publicKey, 0)) {
      throw new MalformedException("not a public key of Ed25519");
    }
    return new VerifierKey(name, type, publicKey.clone());
  }

  /** A key in its text form, {@code name+id+key}. */
  public static VerifierKey parse(String vkey) throws MalformedException {
    Matcher parts = VKEY.matcher(vkey);
    if (!parts.matches()) {
      throw new MalformedException("not a verifier key: name+id+key is expected");
    }
    ByteReader bytes = new ByteReader(Base64Text.parse(parts.group(3)));
    SignatureType type = SignatureType.of((byte) bytes.uint8());
    VerifierKey key = of(parts.group(1), type, bytes.rest());
    if (key.id != Integer.parseUnsignedInt(parts.group(2), 16)) {
      throw new MalformedException("the id is not that of the verifier key");
    }
    return key;
  }

  public String name() {
    return name;
  }

  public SignatureType type() {
    return type;
  }

  /** The first four bytes of SHA-256(name || 0x0A || type || public key). */
  public int id() {
    return id;
  }

  /** Whether the signature claims to be by this key. */
  boolean isNamedBy(NoteSignature signature) {
    return signature.keyId() == id && signature.name().equals(name);
  }

  /** What the signature of the text says, if it is right. */
  Optional<VerifiedSignature> verify(String text, NoteSignature signature) {
    byte[] bytes = signature.bytes();
    return switch (type) {
      case ED25519 ->
          isRight(bytes, text) ? Optional.of(new VerifiedSignature(this, null)) : Optional.empty();
      case COSIGNATURE ->
          Cosignature.parse(bytes)
              .filter(cosignature -> isRight(cosignature.signature(), cosignature.message(text)))
              .map(cosignature -> new VerifiedSignature(this, cosignature.time()));
    };
  }

  private boolean isRight(byte[] signature, String message) {
    byte[] signed = message.getBytes(StandardCharsets.UTF_8);
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, publicKey, 0, signed, 0, signed.length);
  }

  private static int id(String name, SignatureType type, byte[] publicKey) {
    MessageDigest digest = Hash.sha256();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update(type.identifier());
    return ByteBuffer.wrap(digest.digest(publicKey)).getInt();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey key && toString().equals(key.toString());
  }

  @Override
  public int hashCode() {
    return id;
  }

  /** In its text form. */
  @Override
  public String toString() {
    byte[] key =
        ByteBuffer.allocate(1 + publicKey.length).put(type.identifier()).put(publicKey).array();
    return "%s+%08x+%s".formatted(name, id, Base64Text.of(key));
  }
}
