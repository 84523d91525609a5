package dev.keyledger.command.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.crypto.Keys;
import dev.keyledger.crypto.RootKeys;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identifiers are new each time, and a ring knows its own challenges again. */
class RandomIdentifiersTest {
  private final RandomIdentifiers identifiers = with(Keys.root());

  @Test
  void areNewEachTimeAndOfTheDocumentedForm() {
    assertThat(identifiers.newEnrolmentId())
        .matches("en_[0-9A-Za-z]{17}")
        .isNotEqualTo(identifiers.newEnrolmentId());
    assertThat(identifiers.newChallengeId("alice"))
        .matches("ch_[0-9A-Za-z]{28}")
        .isNotEqualTo(identifiers.newChallengeId("alice"));
  }

  @Test
  void knowsItsOwn() {
    assertThat(identifiers.isChallengeOf("alice", identifiers.newChallengeId("alice"))).isTrue();
  }

  @Test
  void doesNotKnowAnothersAccount() {
    String alices = identifiers.newChallengeId("alice");

    assertThat(identifiers.isChallengeOf("bob", alices)).isFalse();
    assertThat(identifiers.isChallengeOf("", alices)).isFalse();
  }

  @Test
  void doesNotKnowATamperedOne() {
    String good = identifiers.newChallengeId("alice");
    for (int at = 0; at < good.length(); at++) {
      char other = good.charAt(at) == 'x' ? 'y' : 'x';
      String bad = good.substring(0, at) + other + good.substring(at + 1);

      assertThat(identifiers.isChallengeOf("alice", bad)).as(bad).isFalse();
    }
  }

  @Test
  void knowsItAfterAnotherRootKeyBecameCurrentAndNotWithoutIt() {
    String old = identifiers.newChallengeId("alice");
    RootKeys both = new RootKeys("b", Map.of("a", Keys.counted(0), "b", Keys.counted(1)));
    RootKeys newOnly = new RootKeys("b", Map.of("b", Keys.counted(1)));

    assertThat(with(both).isChallengeOf("alice", old)).isTrue();
    assertThat(with(newOnly).isChallengeOf("alice", old)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ch_",
        "garbage",
        "ch_0000000000000000000000000000",
        "CH_0000000000000000000000000000",
        "ch_000000000000000000000000000€",
        "ch_\u0000\u0000\u0000",
        "../../etc/passwd"
      })
  void doesNotKnowGarbage(String garbage) {
    assertThat(identifiers.isChallengeOf("alice", garbage)).isFalse();
    assertThat(identifiers.isChallengeOf("alice", garbage.repeat(1000))).isFalse();
  }

  private static RandomIdentifiers with(RootKeys keys) {
    return new RandomIdentifiers(new SecureRandom(), keys);
  }
}
