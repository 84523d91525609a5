package dev.keyledger.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What a derived key is for. The labels are for ever: changing one changes every secret. */
public enum Purpose {
  /** Context: challenge id. 32 bytes, the HOTP key of the challenge's codes. */
  EMAIL_CODE("keyledger/email-code/v1"),
  /** Context: account id, enrolment id. 20 bytes, the TOTP secret. */
  TOTP_SECRET("keyledger/totp-secret/v1"),
  /** Context: public API key. 32 bytes, the API secret. */
  API_SECRET("keyledger/api-secret/v1"),
  /** Context: account id, random part of the challenge id. 8 bytes, the rest of the id. */
  CHALLENGE_ID("keyledger/challenge-id/v1");

  private final String label;

  Purpose(String label) {
    this.label = label;
  }

  byte[] info(String... context) {
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    append(info, label);
    for (String part : context) {
      append(info, part);
    }
    return info.toByteArray();
  }

  private static void append(ByteArrayOutputStream info, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    info.write(bytes.length >> 8);
    info.write(bytes.length);
    info.writeBytes(bytes);
  }
}
