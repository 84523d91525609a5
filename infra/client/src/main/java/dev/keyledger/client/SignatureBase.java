package dev.keyledger.client;

import java.nio.charset.StandardCharsets;

/** The text that is signed (RFC 9421, section 2.5), for the few components that a client needs. */
final class SignatureBase {
  private final StringBuilder lines = new StringBuilder();
  private final StringBuilder names = new StringBuilder();

  SignatureBase cover(String name, String value) {
    lines.append('"').append(name).append("\": ").append(value).append('\n');
    names.append(names.isEmpty() ? "\"" : " \"").append(name).append('"');
    return this;
  }

  /**
   * What was covered and the parameters, as in the header Signature-Input after the label (RFC
   * 9421, section 2.3).
   *
   * @param created seconds since 1970
   */
  String input(long created, String nonce, String keyId, String algorithm) {
    return "(%s);created=%s;nonce=\"%s\";keyid=\"%s\";alg=\"%s\""
        .formatted(names, Long.toString(created), nonce, keyId, algorithm); // %d is of the locale
  }

  byte[] bytes(String input) {
    return (lines + "\"@signature-params\": " + input).getBytes(StandardCharsets.US_ASCII);
  }
}
