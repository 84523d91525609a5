package dev.keyledger.signatures;

import java.time.Instant;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a signature (RFC 9421, section 2.3), of which the contract asks for {@code
 * keyid}, {@code created} and {@code nonce}. Others may be there; all of them are signed.
 */
record SignatureParameters(
    String keyId, Instant created, @Nullable Instant expires, String nonce, @Nullable String alg) {
  private static final int MAX_NONCE = 64;

  static SignatureParameters of(Parameters parameters) throws RefusedException {
    String keyId = ParameterReader.text(parameters, "keyid");
    Instant created = instant(parameters, "created");
    String nonce = ParameterReader.text(parameters, "nonce");
    ParameterReader.text(parameters, "tag");
    if (keyId == null
        || created == null
        || nonce == null
        || nonce.isEmpty()
        || nonce.length() > MAX_NONCE) {
      throw RefusedException.malformed();
    }
    return new SignatureParameters(
        keyId,
        created,
        instant(parameters, "expires"),
        nonce,
        ParameterReader.text(parameters, "alg"));
  }

  private static @Nullable Instant instant(Parameters parameters, String name)
      throws RefusedException {
    Item<?> value = parameters.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof IntegerItem seconds) {
      return Instant.ofEpochSecond(seconds.get());
    }
    throw RefusedException.malformed();
  }
}
