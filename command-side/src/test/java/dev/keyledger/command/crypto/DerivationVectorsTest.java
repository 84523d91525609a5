package dev.keyledger.command.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.keyring.Algorithm;
import dev.keyledger.command.keyring.SecretText;
import dev.keyledger.events.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the code to the vectors in {@code docs/derivation.md}. */
class DerivationVectorsTest {
  private static final Pattern BLOCK =
      Pattern.compile("^```vector\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Map<Purpose, Vector> VECTORS = read();

  static List<Purpose> purposes() {
    return List.of(Purpose.values());
  }

  @ParameterizedTest
  @MethodSource("purposes")
  void infoAndDerivedBytesAreThoseOfThePage(Purpose purpose) {
    Vector vector = vector(purpose);

    assertThat(Keys.HEX.formatHex(purpose.info(vector.context()))).isEqualTo(vector.info);
    assertThat(
            Keys.HEX.formatHex(
                vector
                    .rootKeys()
                    .derive("a", purpose, vector.derived.length() / 2, vector.context())))
        .isEqualTo(vector.derived);
  }

  @Test
  void challengeId() {
    Vector vector = vector(Purpose.CHALLENGE_ID);
    String account = vector.context()[0];
    RandomIdentifiers identifiers = new RandomIdentifiers(countingFrom(0xa0), vector.rootKeys());

    assertThat(identifiers.newChallengeId(account)).isEqualTo(vector.result);
    assertThat(identifiers.isChallengeOf(account, vector.result)).isTrue();
  }

  @Test
  void emailCodes() {
    Vector vector = vector(Purpose.EMAIL_CODE);
    DerivedCodes codes = new DerivedCodes(vector.rootKeys(), 8);
    String challenge = vector.context()[0];

    assertThat(
            codes.emailCode("a", challenge, 1).reveal()
                + " "
                + codes.emailCode("a", challenge, 2).reveal())
        .isEqualTo(vector.result);
  }

  @Test
  void totpSecret() {
    Vector vector = vector(Purpose.TOTP_SECRET);
    DerivedCodes codes = new DerivedCodes(vector.rootKeys(), 8);
    String[] secretAndCode = vector.result.split(" ", -1);

    SecretText secret = codes.totpSecret("a", vector.context()[0], vector.context()[1]);

    assertThat(secret.reveal()).isEqualTo(secretAndCode[0]);
    assertThat(
            codes.matchingStep(
                secret, SecretText.of(secretAndCode[1]), Instant.parse("2026-09-13T23:30:00Z")))
        .hasValue(59644740);
  }

  @Test
  void apiSecret() {
    Vector vector = vector(Purpose.API_SECRET);
    KeyFactory factory = new KeyFactory(countingFrom(0x10), vector.rootKeys());

    var made =
        factory.make(
            new Operation.CreateKey(
                "Bot1", List.of(), List.of(), Algorithm.HMAC_SHA256.publicName(), null, null));

    assertThat(made.publicApiKey()).isEqualTo(vector.context()[0]);
    assertThat(made.secret()).isNotNull();
    assertThat(made.secret().reveal()).isEqualTo(vector.result);
  }

  private static Vector vector(Purpose purpose) {
    return Objects.requireNonNull(VECTORS.get(purpose), purpose.name());
  }

  private static Map<Purpose, Vector> read() {
    try {
      return BLOCK
          .matcher(Files.readString(Path.of("..", "docs", "derivation.md")))
          .results()
          .map(DerivationVectorsTest::parse)
          .collect(Collectors.toMap(Vector::purpose, vector -> vector));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Vector parse(MatchResult block) {
    Map<String, String> lines =
        block
            .group(1)
            .lines()
            .map(line -> line.split(" +", 2))
            .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    return new Vector(
        text(lines, "root"),
        text(lines, "label"),
        text(lines, "context"),
        text(lines, "info"),
        text(lines, "derived"),
        text(lines, "result"));
  }

  private static String text(Map<String, String> lines, String name) {
    return Objects.requireNonNull(lines.get(name), name);
  }

  /** Randomness that counts, so that its result is known. */
  private static SecureRandom countingFrom(int first) {
    return new SecureRandom() {
      @Override
      public void nextBytes(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (first + i);
        }
      }
    };
  }

  private record Vector(
      String root, String label, String contextParts, String info, String derived, String result) {

    Purpose purpose() {
      String inInfo = Keys.HEX.formatHex(label.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return Arrays.stream(Purpose.values())
          .filter(p -> Keys.HEX.formatHex(p.info()).endsWith(inInfo))
          .findFirst()
          .orElseThrow();
    }

    String[] context() {
      return contextParts.split(" ", -1);
    }

    RootKeys rootKeys() {
      return new RootKeys(
          "a", Map.of("a", Base64.getEncoder().encodeToString(Keys.HEX.parseHex(root))));
    }
  }
}
