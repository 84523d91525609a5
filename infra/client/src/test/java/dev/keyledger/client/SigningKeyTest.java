package dev.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as they are given and what they sign. */
class SigningKeyTest {
  /** RFC 9421, appendix B.1.4. */
  static final String PEM =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
      -----END PRIVATE KEY-----
      """;

  /** RFC 9421, appendix B.2.6. */
  @Test
  void ed25519AgreesWithTheVector() {
    String base =
        """
        "date": Tue, 20 Apr 2021 02:07:55 GMT
        "@method": POST
        "@path": /foo
        "@authority": example.com
        "content-type": application/json
        "content-length": 18
        "@signature-params": ("date" "@method" "@path" "@authority" \
        "content-type" "content-length");created=1618884473\
        ;keyid="test-key-ed25519"\
        """;

    assertThat(SigningKey.ed25519(PEM).sign(base.getBytes(StandardCharsets.US_ASCII)))
        .asBase64Encoded()
        .isEqualTo(
            "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1"
                + "u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
  }

  /** The key is the text itself. Worked out with {@code openssl dgst -sha256 -hmac}. */
  @Test
  void hmacTakesTheWholeTextAsItsKey() {
    assertThat(
            SigningKey.hmacSha256("kl_sec_Xh8VCImisOa7raadEBAMMenbPDwf3BrId7SDFjsywXu1SQIhq")
                .sign("a base".getBytes(StandardCharsets.US_ASCII)))
        .asHexString()
        .isEqualToIgnoringCase("c4e60e24e90aa0775e6999cc7facc3def0123360ddd92dcf067332bd5ada0164");
  }

  @Test
  void aPemMayHaveOtherLineEndsOrNone() {
    byte[] base = {1};

    assertThat(SigningKey.ed25519(PEM.replace("\n", "\r\n")).sign(base))
        .isEqualTo(SigningKey.ed25519(PEM).sign(base))
        .isEqualTo(SigningKey.ed25519(PEM.replace("\n", "")).sign(base));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret-key",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
        -----END PUBLIC KEY-----
        """,
      })
  void whatIsNoPrivateKeyIsRefusedAndNotQuoted(String pem) {
    assertThatThrownBy(() -> SigningKey.ed25519(pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("This is no Ed25519 private key in PKCS#8 and PEM.")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kl_sec_", "kl_pub_abc", " kl_sec_abc", "kl_sec_abc\n", "secret"})
  void whatIsNoSecretIsRefusedAndNotQuoted(String secret) {
    assertThatThrownBy(() -> SigningKey.hmacSha256(secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An API secret begins with kl_sec_.");
  }

  @Test
  void printsNoSecret() {
    assertThat(SigningKey.ed25519(PEM)).hasToString("ed25519");
    assertThat(SigningKey.hmacSha256("kl_sec_abc")).hasToString("hmac-sha256");
  }
}
