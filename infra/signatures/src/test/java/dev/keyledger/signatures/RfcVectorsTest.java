package dev.keyledger.signatures;

import static dev.keyledger.signatures.Messages.wholeBase;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** RFC 9421, appendix B: its requests, signature bases, keys and signatures. */
class RfcVectorsTest {
  private static final SignedRequest TEST_REQUEST =
      Messages.https(
          """
          POST /foo?param=Value&Pet=dog HTTP/1.1
          Host: example.com
          Date: Tue, 20 Apr 2021 02:07:55 GMT
          Content-Type: application/json
          Content-Digest: sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:
          Content-Length: 18

          {"hello": "world"}\
          """);

  private static final String PUBLIC_KEY =
      "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=";
  private static final String SHARED_SECRET =
      "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBt"
          + "bmHhIDi6pcl8jsasjlTMtDQ==";

  /** B.2.1. */
  @Test
  void minimal() throws Exception {
    String covered =
        "();created=1618884473;keyid=\"test-key-rsa-pss\";nonce=\"b3k2pp5k7z-50gnwp.yemd\"";

    assertThat(wholeBase(TEST_REQUEST, covered)).isEqualTo("\"@signature-params\": " + covered);
  }

  /** B.2.2. */
  @Test
  void selected() throws Exception {
    assertThat(
            wholeBase(
                TEST_REQUEST,
                """
                ("@authority" "content-digest" "@query-param";name="Pet")\
                ;created=1618884473;keyid="test-key-rsa-pss";tag="header-example"\
                """))
        .isEqualTo(
            """
            "@authority": example.com
            "content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX\
            +TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:
            "@query-param";name="Pet": dog
            "@signature-params": ("@authority" "content-digest" \
            "@query-param";name="Pet")\
            ;created=1618884473;keyid="test-key-rsa-pss"\
            ;tag="header-example"\
            """);
  }

  /** B.2.3. */
  @Test
  void all() throws Exception {
    assertThat(
            wholeBase(
                TEST_REQUEST,
                """
                ("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" \
                "content-length");created=1618884473;keyid="test-key-rsa-pss"\
                """))
        .isEqualTo(
            """
            "date": Tue, 20 Apr 2021 02:07:55 GMT
            "@method": POST
            "@path": /foo
            "@query": ?param=Value&Pet=dog
            "@authority": example.com
            "content-type": application/json
            "content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX\
            +TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:
            "content-length": 18
            "@signature-params": ("date" "@method" "@path" "@query" \
            "@authority" "content-type" "content-digest" "content-length")\
            ;created=1618884473;keyid="test-key-rsa-pss"\
            """);
  }

  /** B.2.5. */
  @Test
  void hmacSha256() throws Exception {
    String base =
        wholeBase(
            TEST_REQUEST,
            "(\"date\" \"@authority\" \"content-type\")"
                + ";created=1618884473;keyid=\"test-shared-secret\"");

    assertThat(base)
        .isEqualTo(
            """
            "date": Tue, 20 Apr 2021 02:07:55 GMT
            "@authority": example.com
            "content-type": application/json
            "@signature-params": ("date" "@authority" "content-type")\
            ;created=1618884473;keyid="test-shared-secret"\
            """);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(SHARED_SECRET), "HmacSHA256"));
    assertThat(mac.doFinal(base.getBytes(StandardCharsets.US_ASCII)))
        .asBase64Encoded()
        .isEqualTo("pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
  }

  /** B.2.6. */
  @Test
  void ed25519() throws Exception {
    String base =
        wholeBase(
            TEST_REQUEST,
            """
            ("date" "@method" "@path" "@authority" "content-type" "content-length")\
            ;created=1618884473;keyid="test-key-ed25519"\
            """);

    assertThat(base)
        .isEqualTo(
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
            """);
    assertThat(
            isSignature(
                base,
                "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1"
                    + "u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="))
        .isTrue();
  }

  /** B.4: what intermediaries may change, and what they may not. */
  @Test
  void transformations() throws Exception {
    String original =
        """
        GET /demo?name1=Value1&Name2=value2 HTTP/1.1
        Host: example.org
        Date: Fri, 15 Jul 2022 14:24:55 GMT
        Accept: application/json
        Accept: */*
        """;

    assertThat(isTransformed(original)).isTrue();
    assertThat(
            isTransformed(
                """
                GET /demo?name1=Value1&Name2=value2&param=added HTTP/1.1
                Host: example.org
                Date: Fri, 15 Jul 2022 14:24:55 GMT
                Accept: application/json
                Accept: */*
                Accept-Language: en-US,en;q=0.5
                """))
        .isTrue();
    assertThat(
            isTransformed(
                """
                GET /demo?name1=Value1&Name2=value2 HTTP/1.1
                Host: example.org
                Referer: https://developer.example.org/demo
                Accept: application/json, */*
                """))
        .isTrue();
    assertThat(
            isTransformed(
                """
                GET /demo?name1=Value1&Name2=value2 HTTP/1.1
                Accept: application/json
                Accept: */*
                Date: Fri, 15 Jul 2022 14:24:55 GMT
                Host: example.org
                """))
        .isTrue();
    assertThat(
            isTransformed(
                original.replace("GET", "POST").replace("Host: example.org", "Host: example.com")))
        .isFalse();
    assertThat(
            isTransformed(
                """
                GET /demo?name1=Value1&Name2=value2 HTTP/1.1
                Host: example.org
                Date: Fri, 15 Jul 2022 14:24:55 GMT
                Accept: */*
                Accept: application/json
                """))
        .isFalse();
  }

  private static boolean isTransformed(String message) throws Exception {
    return isSignature(
        wholeBase(
            Messages.https(message),
            "(\"@method\" \"@path\" \"@authority\" \"accept\")"
                + ";created=1618884473;keyid=\"test-key-ed25519\""),
        "ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5J"
            + "Z1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==");
  }

  private static boolean isSignature(String base, String signature)
      throws GeneralSecurityException {
    PublicKey key =
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(PUBLIC_KEY)));
    Signature verification = Signature.getInstance("Ed25519");
    verification.initVerify(key);
    verification.update(base.getBytes(StandardCharsets.US_ASCII));
    return verification.verify(Base64.getDecoder().decode(signature));
  }
}
