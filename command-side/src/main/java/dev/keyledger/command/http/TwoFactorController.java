package dev.keyledger.command.http;

import dev.keyledger.command.http.Requests.TotpRequest;
import dev.keyledger.command.http.Views.EnrolmentView;
import dev.keyledger.command.keyring.KeyRingCommand.ConfirmTwoFactor;
import dev.keyledger.command.keyring.KeyRingCommand.DisableTwoFactor;
import dev.keyledger.command.keyring.KeyRingCommand.EnableTwoFactor;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The second factor: enrol an authenticator, confirm it, ask for it to be switched off. */
@RestController
@RequestMapping(path = "/v1/two-factor", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Second factor")
final class TwoFactorController {
  private final CommandDispatch dispatch;

  TwoFactorController(CommandDispatch dispatch) {
    this.dispatch = dispatch;
  }

  @PostMapping
  @Operation(
      summary = "Start an enrolment",
      description =
          "Shows a TOTP secret for the authenticator, once. Again before it is confirmed: a fresh"
              + " secret, and the earlier one is void.")
  @ApiResponse(
      responseCode = "201",
      description = "The secret",
      content = @Content(schema = @Schema(implementation = EnrolmentView.class)))
  @Problems(ProblemType.TWO_FACTOR_ALREADY_ENABLED)
  ResponseEntity<Object> enable(@AuthenticationPrincipal Account caller) {
    return dispatch.send(new EnableTwoFactor(caller.accountId()), caller);
  }

  @PostMapping(path = "/confirmation", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Confirm the enrolment",
      description = "Switches the second factor on, if the code is right.")
  @ApiResponse(responseCode = "204", description = "The second factor is on", content = @Content)
  @Problems({ProblemType.WRONG_CODE, ProblemType.NO_ENROLMENT})
  ResponseEntity<Object> confirm(
      @RequestBody TotpRequest request, @AuthenticationPrincipal Account caller) {
    return dispatch.send(
        new ConfirmTwoFactor(caller.accountId(), SecretText.of(request.totp())), caller);
  }

  @DeleteMapping
  @Operation(
      summary = "Ask for the second factor to be switched off",
      description = "Opens a challenge. Only possible while the account holds no keys.")
  @OpensChallenge
  @Problems({
    ProblemType.EMAIL_MISSING,
    ProblemType.TWO_FACTOR_REQUIRED,
    ProblemType.KEYS_EXIST,
    ProblemType.CODE_COOLDOWN
  })
  ResponseEntity<Object> disable(@AuthenticationPrincipal Account caller) {
    return dispatch.sendWithCode(new DisableTwoFactor(caller.accountId()), caller);
  }
}
