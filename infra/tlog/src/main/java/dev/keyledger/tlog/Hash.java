package dev.keyledger.tlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A SHA-256 hash, and how a tree makes them of entries and of each other (RFC 6962, section 2.1).
 */
public final class Hash {
  /** Bytes. */
  public static final int SIZE = 32;

  /** Each thread's own, since making one costs a good part of a hash. */
  private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Hash::lookUp);

  /** The root of a tree without leaves: the hash of the empty string. */
  public static final Hash EMPTY_TREE = new Hash(sha256().digest());

  private static final byte LEAF = 0x00;
  private static final byte NODE = 0x01;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash of a leaf. */
  public static Hash ofLeaf(byte[] entry) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    return new Hash(digest.digest(entry));
  }

  /** The hash of an inner node. */
  public static Hash ofNode(Hash left, Hash right) {
    MessageDigest digest = sha256();
    digest.update(NODE);
    digest.update(left.bytes);
    return new Hash(digest.digest(right.bytes));
  }

  /** The hash that these 32 bytes are. */
  public static Hash of(byte[] bytes) throws MalformedException {
    if (bytes.length != SIZE) {
      throw new MalformedException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /** The hash that was written in base64. */
  public static Hash parse(String base64) throws MalformedException {
    return of(Base64Text.parse(base64));
  }

  /** One of the hashes that lie side by side in a tile long enough. */
  static Hash in(byte[] tile, int index) {
    return new Hash(Arrays.copyOfRange(tile, index * SIZE, (index + 1) * SIZE));
  }

  /** Puts the hash at its place among others that lie side by side. */
  public void copyTo(byte[] hashes, int index) {
    System.arraycopy(bytes, 0, hashes, index * SIZE, SIZE);
  }

  /** Whether it is the one at that place among others that lie side by side. */
  public boolean isIn(byte[] hashes, int index) {
    int at = index * SIZE;
    return Arrays.equals(hashes, at, at + SIZE, bytes, 0, SIZE);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** In base64. */
  @Override
  public String toString() {
    return Base64Text.of(bytes);
  }

  /** An empty one, to be fed and asked for its digest before the same thread asks for another. */
  static MessageDigest sha256() {
    MessageDigest digest = SHA_256.get();
    digest.reset(); // whatever became of its last use
    return digest;
  }

  private static MessageDigest lookUp() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256.", impossible);
    }
  }
}
