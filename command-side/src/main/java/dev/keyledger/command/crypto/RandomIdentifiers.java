package dev.keyledger.command.crypto;

import dev.keyledger.command.keyring.Tools.Identifiers;
import dev.keyledger.crypto.Base62;
import dev.keyledger.crypto.Purpose;
import dev.keyledger.crypto.RootKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * Identifiers out of randomness. A challenge id is {@code ch_}, 17 Base62 digits (96 bits) of
 * randomness and 11 digits (64 bits) that are derived from them and the account, so that a ring can
 * tell its own from others without remembering every one of them.
 */
public final class RandomIdentifiers implements Identifiers {
  private static final String CHALLENGE = "ch_";
  private static final int RANDOM_BYTES = 12;
  private static final int RANDOM_DIGITS = 17;
  private static final int PROOF_BYTES = 8;
  private static final int PROOF_DIGITS = 11;

  private final SecureRandom random;
  private final RootKeys rootKeys;

  public RandomIdentifiers(SecureRandom random, RootKeys rootKeys) {
    this.random = random;
    this.rootKeys = rootKeys;
  }

  @Override
  public String newEnrolmentId() {
    return "en_" + randomPart();
  }

  @Override
  public String newChallengeId(String accountId) {
    String fresh = randomPart();
    return CHALLENGE + fresh + proof(rootKeys.current(), accountId, fresh);
  }

  @Override
  public boolean isChallengeOf(String accountId, String challengeId) {
    if (challengeId.length() != CHALLENGE.length() + RANDOM_DIGITS + PROOF_DIGITS
        || !challengeId.startsWith(CHALLENGE)) {
      return false;
    }
    int split = CHALLENGE.length() + RANDOM_DIGITS;
    String fresh = challengeId.substring(CHALLENGE.length(), split);
    byte[] given = challengeId.substring(split).getBytes(StandardCharsets.UTF_8);
    boolean known = false;
    for (String id : rootKeys.ids()) {
      byte[] expected = proof(id, accountId, fresh).getBytes(StandardCharsets.UTF_8);
      known |= MessageDigest.isEqual(expected, given);
    }
    return known;
  }

  private String randomPart() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Base62.encode(bytes, RANDOM_DIGITS);
  }

  private String proof(String rootKeyId, String accountId, String fresh) {
    byte[] proof = rootKeys.derive(rootKeyId, Purpose.CHALLENGE_ID, PROOF_BYTES, accountId, fresh);
    return Base62.encode(proof, PROOF_DIGITS);
  }
}
