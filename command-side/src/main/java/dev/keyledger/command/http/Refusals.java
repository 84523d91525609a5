package dev.keyledger.command.http;

import dev.keyledger.command.keyring.Refusal;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;

/** Which problem each refusal is to the caller. */
final class Refusals {
  private Refusals() {}

  static ProblemException problem(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Rule rule -> new ProblemException(type(rule));
      case Refusal.WrongCode wrong ->
          new ProblemException(ProblemType.WRONG_CODE).with("attemptsLeft", wrong.attemptsLeft());
      case Refusal.CodeCooldown cooldown ->
          new ProblemException(ProblemType.CODE_COOLDOWN).retryAfter(cooldown.retryAfter());
      case Refusal.AccountLocked locked ->
          new ProblemException(ProblemType.ACCOUNT_LOCKED).retryAfter(locked.retryAfter());
    };
  }

  private static ProblemType type(Refusal.Rule rule) {
    return switch (rule) {
      case TWO_FACTOR_ALREADY_ENABLED -> ProblemType.TWO_FACTOR_ALREADY_ENABLED;
      case TWO_FACTOR_REQUIRED -> ProblemType.TWO_FACTOR_REQUIRED;
      case NO_ENROLMENT -> ProblemType.NO_ENROLMENT;
      case WRONG_TOTP -> ProblemType.WRONG_CODE;
      case KEYS_EXIST -> ProblemType.KEYS_EXIST;
      case UNKNOWN_KEY -> ProblemType.UNKNOWN_KEY;
      case KEY_RETIRING -> ProblemType.KEY_RETIRING;
      case KEY_EXPIRED -> ProblemType.KEY_EXPIRED;
      case KEY_NOT_DISABLED -> ProblemType.KEY_NOT_DISABLED;
      case INVALID_LABEL -> ProblemType.INVALID_LABEL;
      case LABEL_TAKEN -> ProblemType.LABEL_TAKEN;
      case INVALID_PERMISSIONS -> ProblemType.INVALID_PERMISSIONS;
      case INVALID_IP -> ProblemType.INVALID_IP;
      case INVALID_RATE_LIMIT -> ProblemType.INVALID_RATE_LIMIT;
      case TRUSTED_IPS_REQUIRED -> ProblemType.TRUSTED_IPS_REQUIRED;
      case KEY_LIMIT_REACHED -> ProblemType.KEY_LIMIT_REACHED;
      case INVALID_ALGORITHM -> ProblemType.INVALID_ALGORITHM;
      case INVALID_VERIFICATION_KEY -> ProblemType.INVALID_VERIFICATION_KEY;
      case INVALID_EXPIRY -> ProblemType.INVALID_EXPIRY;
      case INVALID_GRACE -> ProblemType.INVALID_GRACE;
      case INVALID_REASON -> ProblemType.INVALID_REASON;
      case UNKNOWN_CHALLENGE -> ProblemType.UNKNOWN_CHALLENGE;
      case CHALLENGE_CLOSED -> ProblemType.CHALLENGE_CLOSED;
      case CHALLENGE_EXPIRED -> ProblemType.CHALLENGE_EXPIRED;
      case TOTP_REQUIRED -> ProblemType.TOTP_REQUIRED;
    };
  }
}
