package dev.keyledger.signatures;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.ListElement;

/** The field Content-Digest (RFC 9530, section 2). */
public final class ContentDigests {
  static final String FIELD = "content-digest";

  /** The algorithms that are not deprecated (RFC 9530, section 5), and what Java calls them. */
  private static final Map<String, String> KNOWN =
      Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

  private ContentDigests() {}

  /**
   * Whether the body is the one whose digest was sent. Each digest of a known algorithm must be
   * that of the body, and there must be one, except that a request without a body needs none.
   */
  public static boolean match(SignedRequest request) {
    if (request.lines(FIELD).isEmpty()) {
      return !request.hasBody();
    }
    try {
      return match(
          StructuredFields.dictionary(String.join(", ", Fields.lines(request, FIELD))),
          request.body());
    } catch (RefusedException unreadable) {
      return false;
    }
  }

  static boolean isKnown(String algorithm) {
    return KNOWN.containsKey(algorithm);
  }

  private static boolean match(Map<String, ListElement<?>> digests, byte[] body) {
    boolean found = false;
    for (Map.Entry<String, String> algorithm : KNOWN.entrySet()) {
      ListElement<?> digest = digests.get(algorithm.getKey());
      if (digest != null) {
        if (!(digest instanceof ByteSequenceItem bytes)
            || !MessageDigest.isEqual(Bytes.of(bytes), digest(algorithm.getValue(), body))) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }

  private static byte[] digest(String algorithm, byte[] body) {
    try {
      return MessageDigest.getInstance(algorithm).digest(body);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has " + algorithm + ".", impossible);
    }
  }
}
