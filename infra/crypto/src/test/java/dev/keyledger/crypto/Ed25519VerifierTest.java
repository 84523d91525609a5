package dev.keyledger.crypto;

import static dev.keyledger.crypto.Keys.HEX;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each provider that works here verifies what is right, and nothing else. */
class Ed25519VerifierTest {
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  static Stream<Ed25519Verifier> verifiers() {
    return Stream.concat(
        CorrettoEd25519Verifier.ifItWorks().stream(), Stream.of(new BouncyCastleEd25519Verifier()));
  }

  /** RFC 8032 section 7.1, tests 1 to 3. */
  static Stream<Arguments> vectors() {
    List<List<String>> vectors =
        List.of(
            List.of(
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                    + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
            List.of(
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
            List.of(
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                    + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"));
    return verifiers()
        .flatMap(verifier ->
            vectors.stream().map(v -> Arguments.of(verifier, v.get(0), v.get(1), v.get(2))));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void acceptsTheVectors(Ed25519Verifier verifier, String key, String message, String signature) {
    assertThat(verifier.verify(HEX.parseHex(key), HEX.parseHex(message), HEX.parseHex(signature)))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("verifiers")
  void refusesAnyBitThatIsAnother(Ed25519Verifier verifier) {
    Signed signed = Signed.random(new Random(1));
    assertThat(signed.fits(verifier)).isTrue();

    IntStream.range(0, 32 * 8)
        .forEach(bit ->
            assertThat(verifier.verify(flip(signed.key, bit), signed.message, signed.signature))
                .isFalse());
    IntStream.range(0, 64 * 8)
        .forEach(bit ->
            assertThat(verifier.verify(signed.key, signed.message, flip(signed.signature, bit)))
                .isFalse());
    assertThat(verifier.verify(signed.key, flip(signed.message, 3), signed.signature)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("verifiers")
  void refusesOtherLengths(Ed25519Verifier verifier) {
    Signed signed = Signed.random(new Random(2));

    for (int length : new int[] {0, 1, 31, 33, 63, 65, 128}) {
      assertThat(
              verifier.verify(signed.key, signed.message, Arrays.copyOf(signed.signature, length)))
          .isFalse();
      assertThat(
              verifier.verify(Arrays.copyOf(signed.key, length), signed.message, signed.signature))
          .isFalse();
    }
  }

  /** S must be below the order of the group, or each signature could be had in a second form. */
  @ParameterizedTest
  @MethodSource("verifiers")
  void refusesASecondFormOfASignature(Ed25519Verifier verifier) {
    Signed signed = Signed.random(new Random(3));
    byte[] other = signed.signature.clone();
    byte[] s = reversed(Arrays.copyOfRange(other, 32, 64));
    byte[] larger = reversed(padded(new BigInteger(1, s).add(ORDER)));
    System.arraycopy(larger, 0, other, 32, 32);

    assertThat(verifier.verify(signed.key, signed.message, other)).isFalse();
  }

  /** With the neutral point as key and as R, and S = 0, an unwary verifier accepts any message. */
  @ParameterizedTest
  @MethodSource("verifiers")
  void refusesKeysOfSmallOrderForWhichAnySignatureFits(Ed25519Verifier verifier) {
    byte[] neutral = new byte[32];
    neutral[0] = 1;
    byte[] signature = Arrays.copyOf(neutral, 64);

    assertThat(verifier.verify(neutral, new byte[] {1, 2, 3}, signature)).isFalse();
    neutral[31] = (byte) 0x80;
    assertThat(verifier.verify(neutral, new byte[] {1, 2, 3}, signature)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("verifiers")
  void answersToAnything(Ed25519Verifier verifier) {
    Random random = new Random(4);
    for (int i = 0; i < 2_000; i++) {
      byte[] key = new byte[32];
      byte[] signature = new byte[64];
      random.nextBytes(key);
      random.nextBytes(signature);
      signature[63] &= 0x0f;
      assertThat(verifier.verify(key, new byte[random.nextInt(10)], signature)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("verifiers")
  void answersManyAtOnce(Ed25519Verifier verifier) {
    Signed signed = Signed.random(new Random(5));

    assertThat(IntStream.range(0, 2_000).parallel().filter(i -> signed.fits(verifier)).count())
        .isEqualTo(2_000);
  }

  @Test
  void theFastestHasAName() {
    assertThat(Ed25519Verifier.fastest().name())
        .isEqualTo(verifiers().findFirst().orElseThrow().name());
  }

  private static byte[] flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static byte[] padded(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[32];
    System.arraycopy(bytes, 0, padded, 32 - bytes.length, bytes.length);
    return padded;
  }

  private static final class Signed {
    private final byte[] key;
    private final byte[] message;
    private final byte[] signature;

    private Signed(byte[] key, byte[] message, byte[] signature) {
      this.key = key;
      this.message = message;
      this.signature = signature;
    }

    static Signed random(Random random) {
      byte[] secret = new byte[32];
      byte[] message = new byte[100];
      random.nextBytes(secret);
      random.nextBytes(message);
      byte[] key = new byte[32];
      byte[] signature = new byte[64];
      Ed25519.generatePublicKey(secret, 0, key, 0);
      Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
      return new Signed(key, message, signature);
    }

    boolean fits(Ed25519Verifier verifier) {
      return verifier.verify(key, message, signature);
    }
  }
}
