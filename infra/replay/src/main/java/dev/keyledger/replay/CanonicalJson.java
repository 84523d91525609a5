package dev.keyledger.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rings in the canonical form of JSON (RFC 8785): members sorted by name, no space, and nothing
 * where there is nothing to say. Times are RFC 3339 in UTC, with as many digits of the second, in
 * groups of three, as it takes.
 */
public final class CanonicalJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private CanonicalJson() {}

  /** UTF-8. */
  public static byte[] bytes(KeyRing ring) {
    return MAPPER.writeValueAsBytes(ring);
  }

  /** UTF-8; the key as it is in its ring. */
  public static byte[] bytes(Key key) {
    return MAPPER.writeValueAsBytes(key);
  }
}
