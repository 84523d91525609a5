package dev.keyledger.command.http;

import dev.keyledger.command.http.Views.ChallengeView;
import dev.keyledger.command.http.Views.DeletedView;
import dev.keyledger.command.http.Views.EditedView;
import dev.keyledger.command.http.Views.EnrolmentView;
import dev.keyledger.command.http.Views.MadeView;
import dev.keyledger.command.http.Views.ReplacedView;
import dev.keyledger.command.http.Views.ResetView;
import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.Outcome;
import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.security.Account;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;

/** What each outcome is answered with: the one place for the statuses of success. */
final class Answers {
  private final String serviceName;
  private final InstantSource clock;

  Answers(String serviceName, InstantSource clock) {
    this.serviceName = serviceName;
    this.clock = clock;
  }

  /**
   * @param accountId whose key ring decided
   */
  ResponseEntity<Object> to(Decision decision, String accountId, Account caller) {
    String position = Long.toString(decision.position());
    Instant now = clock.instant();
    return switch (decision.outcome()) {
      case Outcome.EnrolmentStarted started ->
          answer(HttpStatus.CREATED, position)
              .body(EnrolmentView.of(started.secret(), serviceName, caller));
      case Outcome.TwoFactorConfirmed _ -> answer(HttpStatus.NO_CONTENT, position).build();
      case Outcome.ChallengeWaits waits ->
          answer(HttpStatus.ACCEPTED, position).body(ChallengeView.of(waits.challenge(), caller));
      case Outcome.ChallengeCancelled _ -> answer(HttpStatus.NO_CONTENT, position).build();
      case Outcome.KeyMade made ->
          answer(HttpStatus.CREATED, position).body(MadeView.of(made, now));
      case Outcome.PermissionsReplaced replaced ->
          answer(HttpStatus.OK, position).body(EditedView.of(replaced.key(), now));
      case Outcome.KeyStopped stopped ->
          answer(HttpStatus.OK, position).body(EditedView.of(stopped.key(), now));
      case Outcome.KeyResumed resumed ->
          answer(HttpStatus.OK, position).body(EditedView.of(resumed.key(), now));
      case Outcome.KeyReplaced replaced ->
          answer(HttpStatus.CREATED, position).body(ReplacedView.of(replaced, now));
      case Outcome.KeysDeleted deleted ->
          answer(HttpStatus.OK, position).body(new DeletedView(deleted.publicApiKeys()));
      case Outcome.TwoFactorSwitchedOff _ -> answer(HttpStatus.NO_CONTENT, position).build();
      case Outcome.TwoFactorGone gone ->
          answer(HttpStatus.OK, position).body(new ResetView(accountId, gone.disabled()));
      case Outcome.PersonForgotten _ -> answer(HttpStatus.NO_CONTENT, position).build();
      case Outcome.StepTaken _ -> throw notForCallers(decision);
      case Outcome.NothingDue _ -> throw notForCallers(decision);
      case Outcome.Refused refused ->
          throw Refusals.problem(refused.refusal()).withHeader(PositionHeaders.POSITION, position);
    };
  }

  private static IllegalStateException notForCallers(Decision decision) {
    return new IllegalStateException(decision.outcome() + " comes of no command of a caller's.");
  }

  private static BodyBuilder answer(HttpStatus status, String position) {
    return ResponseEntity.status(status).header(PositionHeaders.POSITION, position);
  }
}
