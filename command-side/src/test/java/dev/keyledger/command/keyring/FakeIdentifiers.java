package dev.keyledger.command.keyring;

import dev.keyledger.command.keyring.Tools.Identifiers;

/** Identifiers that count. */
final class FakeIdentifiers implements Identifiers {
  private int enrolments;
  private int challenges;

  @Override
  public String newEnrolmentId() {
    return "enrolment-" + ++enrolments;
  }

  @Override
  public String newChallengeId(String accountId) {
    return accountId + "-challenge-" + ++challenges;
  }

  @Override
  public boolean isChallengeOf(String accountId, String challengeId) {
    return challengeId.startsWith(accountId + "-challenge-");
  }
}
