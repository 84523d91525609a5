package dev.keyledger.command.crypto;

import static dev.keyledger.crypto.Keys.HEX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.keyring.Algorithm;
import dev.keyledger.command.keyring.Tools.NewKey;
import dev.keyledger.crypto.KeyForm;
import dev.keyledger.crypto.Keys;
import dev.keyledger.crypto.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys: their forms, that a pair belongs together, and which foreign keys are usable. */
class KeyFactoryTest {
  /** RFC 8410 section 7, version 1, up to the 32 bytes of the key. */
  private static final String PKCS8_HEAD = "302e020100300506032b657004220420";

  /** RFC 8410 section 4, up to the 32 bytes of the key. */
  private static final String X509_HEAD = "302a300506032b6570032100";

  private final KeyFactory factory = new KeyFactory(new SecureRandom(), Keys.root());

  @Test
  void aPublicApiKeyHasItsChecksumAndIsNewEachTime() {
    String key = make("ed25519", null).publicApiKey();

    assertThat(key).matches("kl_pub_[0-9A-Za-z]{28}");
    assertThat(KeyForm.PUBLIC_API_KEY.fits(key)).isTrue();
    assertThat(make("ed25519", null).publicApiKey()).isNotEqualTo(key);
  }

  @Test
  void anHmacSecretIsDerivedAndHasItsChecksum() {
    NewKey made = make("hmac-sha256", null);
    String secret = secret(made).reveal();

    assertThat(secret).matches("kl_sec_[0-9A-Za-z]{49}");
    assertThat(KeyForm.API_SECRET.fits(secret)).isTrue();
    assertThat(made.secretRootKeyId()).isEqualTo("a");
    assertThat(made.verificationKey()).isNull();
    assertThat(secret(make("hmac-sha256", null)).reveal()).isNotEqualTo(secret);
  }

  @Test
  void aPrivateKeyIsPlainPkcs8OfVersion1() {
    String pem = secret(make("ed25519", null)).reveal();

    assertThat(pem.lines().toList())
        .hasSize(3)
        .startsWith("-----BEGIN PRIVATE KEY-----")
        .endsWith("-----END PRIVATE KEY-----");
    assertThat(der(pem)).hasSize(48);
    assertThat(HEX.formatHex(der(pem))).startsWith(PKCS8_HEAD);
  }

  @Test
  void theVerificationKeyBelongsToThePrivateKey() throws Exception {
    NewKey made = make("ed25519", null);
    byte[] message = "a request".getBytes(StandardCharsets.UTF_8);
    var jdk = java.security.KeyFactory.getInstance("Ed25519");
    PrivateKey privateKey =
        jdk.generatePrivate(new PKCS8EncodedKeySpec(der(secret(made).reveal())));
    PublicKey publicKey =
        jdk.generatePublic(
            new X509EncodedKeySpec(HEX.parseHex(X509_HEAD + hex(verificationKey(made)))));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(privateKey);
    signature.update(message);
    byte[] signed = signature.sign();

    signature.initVerify(publicKey);
    signature.update(message);

    assertThat(signature.verify(signed)).isTrue();
    assertThat(factory.isVerificationKey(verificationKey(made))).isTrue();
    assertThat(made.secretRootKeyId()).isNull();
  }

  @Test
  void theCallersOwnKeyIsTakenAndNoSecretIsMade() {
    String own = verificationKey(make("ed25519", null));

    NewKey made = make("ed25519", own);

    assertThat(made.verificationKey()).isEqualTo(own);
    assertThat(made.secret()).isNull();
    assertThat(made.secretRootKeyId()).isNull();
  }

  /** RFC 8032 section 7.1, tests 1 to 3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
      })
  void usableVerificationKeys(String hex) {
    assertThat(factory.isVerificationKey(base64(hex))).isTrue();
  }

  /**
   * The eight points of low order, for which a signature may fit every message, in canonical form;
   * two of them in a form that is not; a sum of a good point and one of low order; no point at all.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "131604d01865fbedf9f662d25311c68a197cf286f2683724873a147fed6ada35",
        "0200000000000000000000000000000000000000000000000000000000000000",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      })
  void pointsThatAreNoKeys(String hex) {
    assertThat(factory.isVerificationKey(base64(hex))).isFalse();
  }

  @Test
  void textsThatAreNoKeys() {
    String good = base64("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assertThat(factory.isVerificationKey(good)).isTrue();
    assertThat(good).endsWith("Ro=");

    assertThat(
            List.of(
                "",
                "=",
                good.substring(0, 43),
                good.substring(0, 42) + "p=",
                good + "=",
                good + "\n",
                " " + good,
                good.replace('+', '-').replace('/', '_').replace("Ro=", "Ro"),
                base64("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751"),
                base64("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a00"),
                base64(X509_HEAD + hex(good)),
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "ключ",
                "A".repeat(65_536)))
        .noneMatch(factory::isVerificationKey);
  }

  private NewKey make(String algorithm, @Nullable String verificationKey) {
    return factory.make(Algorithm.parse(algorithm).orElseThrow(), verificationKey);
  }

  private static SecretText secret(NewKey made) {
    return Objects.requireNonNull(made.secret());
  }

  private static String verificationKey(NewKey made) {
    return Objects.requireNonNull(made.verificationKey());
  }

  private static byte[] der(String pem) {
    return Base64.getDecoder().decode(pem.lines().toList().get(1));
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HEX.parseHex(hex));
  }

  private static String hex(String base64) {
    return HEX.formatHex(Base64.getDecoder().decode(base64));
  }
}
