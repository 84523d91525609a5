package dev.keyledger.command.http;

import dev.keyledger.command.http.Requests.ResetRequest;
import dev.keyledger.command.http.Views.ResetView;
import dev.keyledger.command.keyring.KeyRingCommand.ResetTwoFactor;
import dev.keyledger.http.problem.ProblemException;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the support may do for an account that can't help itself. */
@RestController
@RequestMapping(path = "/v1/support", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Support")
final class SupportController {
  private final CommandDispatch dispatch;

  SupportController(CommandDispatch dispatch) {
    this.dispatch = dispatch;
  }

  @PostMapping(path = "/two-factor-resets", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Switch off a second factor that was lost",
      description =
          "Disables all keys of the account and its second factor at once; the events name the"
              + " supporter. Takes the scope keys:support.")
  @ApiResponse(
      responseCode = "200",
      description = "The second factor is off",
      content = @Content(schema = @Schema(implementation = ResetView.class)))
  @Problems({ProblemType.NO_ENROLMENT, ProblemType.INVALID_REASON})
  ResponseEntity<Object> reset(
      @RequestBody ResetRequest request, @AuthenticationPrincipal Account supporter) {
    if (!Account.isUsableId(request.accountId())) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST);
    }
    return dispatch.send(
        new ResetTwoFactor(request.accountId(), supporter.accountId(), request.reason()),
        supporter);
  }
}
