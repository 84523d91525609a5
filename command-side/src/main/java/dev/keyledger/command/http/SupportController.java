package dev.keyledger.command.http;

import dev.keyledger.command.http.Requests.ErasureRequest;
import dev.keyledger.command.http.Requests.ResetRequest;
import dev.keyledger.command.http.Views.ResetView;
import dev.keyledger.command.keyring.KeyRingCommand.ErasePerson;
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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
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
    return dispatch.send(
        new ResetTwoFactor(usable(request.accountId()), supporter.accountId(), request.reason()),
        supporter);
  }

  @DeleteMapping("/accounts/{accountId}/person")
  @Operation(
      summary = "Erase what identifies a person",
      description =
          "Erases the e-mail address, drops the mails that wait to be sent to it and closes an open"
              + " challenge, in one step. An event tells of it and names the supporter. Keys stay"
              + " as they are, and so do events, which hold no address. Where there is nothing to"
              + " erase, nothing happens, and the answer is the same. Takes the scope"
              + " keys:support.")
  @ApiResponse(
      responseCode = "204",
      description = "No address of the person is held",
      content = @Content)
  @Problems(ProblemType.MALFORMED_REQUEST)
  ResponseEntity<Object> erase(
      @PathVariable String accountId, @AuthenticationPrincipal Account supporter) {
    return dispatch.send(new ErasePerson(usable(accountId), supporter.accountId()), supporter);
  }

  @PostMapping(path = "/erasures", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Erase what identifies a person, by the account's id in the body",
      description =
          "The same as DELETE /v1/support/accounts/{accountId}/person, also for ids that no path can"
              + " name, such as those with a backslash or two slashes in a row. Takes the scope"
              + " keys:support.")
  @ApiResponse(
      responseCode = "204",
      description = "No address of the person is held",
      content = @Content)
  ResponseEntity<Object> eraseByBody(
      @RequestBody ErasureRequest request, @AuthenticationPrincipal Account supporter) {
    return erase(request.accountId(), supporter);
  }

  private static String usable(String accountId) {
    if (!Account.isUsableId(accountId)) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST);
    }
    return accountId;
  }
}
