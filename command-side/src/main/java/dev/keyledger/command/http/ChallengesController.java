package dev.keyledger.command.http;

import dev.keyledger.command.http.Requests.CodesRequest;
import dev.keyledger.command.http.Views.ChallengeView;
import dev.keyledger.command.http.Views.DeletedView;
import dev.keyledger.command.http.Views.EditedView;
import dev.keyledger.command.http.Views.MadeView;
import dev.keyledger.command.http.Views.ReplacedView;
import dev.keyledger.command.keyring.KeyRingCommand.CancelChallenge;
import dev.keyledger.command.keyring.KeyRingCommand.SendCode;
import dev.keyledger.command.keyring.KeyRingCommand.VerifyCode;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.problem.Problems;
import dev.keyledger.http.security.Account;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Challenges: have a code sent again, enter the codes, give up. */
@RestController
@RequestMapping(path = "/v1/challenges/{challengeId}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Challenges")
final class ChallengesController {
  private final CommandDispatch dispatch;

  ChallengesController(CommandDispatch dispatch) {
    this.dispatch = dispatch;
  }

  @PostMapping("/code")
  @Operation(
      summary = "Have another code sent",
      description = "Makes and sends a new code; the earlier one is void.")
  @ApiResponse(
      responseCode = "202",
      description = "The challenge with its new times",
      content = @Content(schema = @Schema(implementation = ChallengeView.class)))
  @Problems({
    ProblemType.EMAIL_MISSING,
    ProblemType.UNKNOWN_CHALLENGE,
    ProblemType.CHALLENGE_CLOSED,
    ProblemType.CHALLENGE_EXPIRED,
    ProblemType.CODE_COOLDOWN
  })
  ResponseEntity<Object> sendCode(
      @PathVariable String challengeId, @AuthenticationPrincipal Account caller) {
    return dispatch.sendWithCode(new SendCode(caller.accountId(), challengeId), caller);
  }

  @PostMapping(path = "/verification", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Enter the codes",
      description = "If they are right, what the challenge is about happens, in one step.")
  @ApiResponse(
      responseCode = "201",
      description = "A key was made; its secret is shown in this one answer and never again",
      content = @Content(schema = @Schema(oneOf = {MadeView.class, ReplacedView.class})))
  @ApiResponse(
      responseCode = "200",
      description = "A key was changed, or keys were deleted",
      content = @Content(schema = @Schema(oneOf = {EditedView.class, DeletedView.class})))
  @ApiResponse(responseCode = "204", description = "The second factor is off", content = @Content)
  @Problems({
    ProblemType.UNKNOWN_CHALLENGE,
    ProblemType.CHALLENGE_CLOSED,
    ProblemType.CHALLENGE_EXPIRED,
    ProblemType.TOTP_REQUIRED,
    ProblemType.WRONG_CODE,
    ProblemType.ACCOUNT_LOCKED,
    ProblemType.INVALID_EXPIRY,
    ProblemType.KEY_EXPIRED,
    ProblemType.UNKNOWN_KEY
  })
  ResponseEntity<Object> verify(
      @PathVariable String challengeId,
      @RequestBody CodesRequest request,
      @AuthenticationPrincipal Account caller) {
    String totp = request.totp();
    return dispatch.send(
        new VerifyCode(
            caller.accountId(),
            challengeId,
            SecretText.of(request.emailCode()),
            totp == null ? null : SecretText.of(totp)),
        caller);
  }

  @DeleteMapping
  @Operation(summary = "Give up", description = "Closes the challenge; its code is void.")
  @ApiResponse(responseCode = "204", description = "The challenge is closed", content = @Content)
  @Problems({
    ProblemType.UNKNOWN_CHALLENGE,
    ProblemType.CHALLENGE_CLOSED,
    ProblemType.CHALLENGE_EXPIRED
  })
  ResponseEntity<Object> cancel(
      @PathVariable String challengeId, @AuthenticationPrincipal Account caller) {
    return dispatch.send(new CancelChallenge(caller.accountId(), challengeId), caller);
  }
}
