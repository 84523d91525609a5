package dev.keyledger.query.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.springframework.http.ETag;

/** The strong entity tag of an answer (RFC 9110 section 8.8.3): a hash of its bytes. */
final class ContentTag {
  private static final int BYTES = 16;

  private ContentTag() {}

  static String of(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return '"'
          + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES))
          + '"';
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Whether {@code If-None-Match} names the tag, compared weakly (RFC 9110 section 13.1.2).
   *
   * @param ifNoneMatch the header's values
   */
  static boolean matches(List<String> ifNoneMatch, String tag) {
    return ifNoneMatch.stream()
        .flatMap(value -> ETag.parse(value).stream())
        .anyMatch(
            given -> given.isWildcard() || given.compare(new ETag(unquoted(tag), false), false));
  }

  private static String unquoted(String tag) {
    return tag.substring(1, tag.length() - 1);
  }
}
