package dev.keyledger.command.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.crypto.Keys;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.crypto.SecretText;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes and seeds against the RFCs, and the window of a TOTP. */
class DerivedCodesTest {
  /** The secret of the RFCs' appendices: 12345678901234567890 in ASCII. */
  private static final SecretText RFC_SECRET = SecretText.of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

  private final DerivedCodes codes = new DerivedCodes(Keys.root(), 8);

  /** RFC 4226 appendix D; a time step is HOTP's counter (RFC 6238 section 4.2). */
  @ParameterizedTest
  @CsvSource({
    "0, 755224", "1, 287082", "2, 359152", "3, 969429", "4, 338314",
    "5, 254676", "6, 287922", "7, 162583", "8, 399871", "9, 520489",
  })
  void hotp(long counter, String code) {
    assertThat(step(code, counter * 30)).hasValue(counter);
  }

  /** RFC 6238 appendix B, SHA-1; six digits are the last six of its eight. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130",
  })
  void totp(long seconds, String eightDigits) {
    assertThat(step(eightDigits.substring(2), seconds)).hasValue(seconds / 30);
  }

  /** The code of step 37037036 is that of 1111111109 s. */
  @ParameterizedTest
  @CsvSource({
    "1111111049, false",
    "1111111050, true",
    "1111111080, true",
    "1111111109, true",
    "1111111110, true",
    "1111111139, true",
    "1111111140, false",
  })
  void aCodeIsRightInItsStepAndOneToEitherSide(long seconds, boolean right) {
    assertThat(step("081804", seconds))
        .isEqualTo(right ? OptionalLong.of(37037036) : OptionalLong.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8180", "81804", "0818041", "07081804", "081805", " 081804", "٠٨١٨٠٤"})
  void nothingElseIsRight(String code) {
    assertThat(step(code, 1111111109)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8})
  void emailCodesHaveTheConfiguredLengthWithLeadingZeros(int length) {
    DerivedCodes ofLength = new DerivedCodes(Keys.root(), length);

    for (int issue = 1; issue <= 200; issue++) {
      assertThat(ofLength.emailCode("a", "ch", issue).reveal()).matches("[0-9]{" + length + "}");
    }
  }

  @Test
  void emailCodesDifferByRootKeyChallengeAndIssueAndAreTheSameAgain() {
    DerivedCodes two =
        new DerivedCodes(new RootKeys("b", Map.of("a", Keys.counted(0), "b", Keys.counted(1))), 8);
    Set<String> seen = new HashSet<>();
    for (String root : new String[] {"a", "b"}) {
      for (String challenge : new String[] {"ch_1", "ch_2"}) {
        for (int issue = 1; issue <= 5; issue++) {
          String code = two.emailCode(root, challenge, issue).reveal();
          assertThat(seen.add(code)).isTrue();
          assertThat(two.emailCode(root, challenge, issue).reveal()).isEqualTo(code);
        }
      }
    }
    assertThat(two.currentRootKeyId()).isEqualTo("b");
  }

  @Test
  void aTotpSecretIs160BitsInBase32WithoutPadding() {
    assertThat(codes.totpSecret("a", "alice", "en_1").reveal()).matches("[A-Z2-7]{32}");
    assertThat(codes.totpSecret("a", "alice", "en_1").reveal())
        .isNotEqualTo(codes.totpSecret("a", "alice", "en_2").reveal())
        .isNotEqualTo(codes.totpSecret("a", "bob", "en_1").reveal());
  }

  private OptionalLong step(String code, long seconds) {
    return codes.matchingStep(RFC_SECRET, SecretText.of(code), Instant.ofEpochSecond(seconds));
  }
}
