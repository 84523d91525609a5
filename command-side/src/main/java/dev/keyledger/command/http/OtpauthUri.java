package dev.keyledger.command.http;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/**
 * The address that authenticator apps read from a QR code (Google Authenticator, "Key Uri Format"):
 * SHA-1, 6 digits, 30 s.
 */
final class OtpauthUri {
  private OtpauthUri() {}

  static String of(String issuer, String account, String secret) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=30"
        .formatted(encode(issuer), encode(account), secret, encode(issuer));
  }

  private static String encode(String text) {
    return UriUtils.encode(text, StandardCharsets.UTF_8);
  }
}
