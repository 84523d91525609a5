package dev.keyledger.command.http;

import dev.keyledger.command.http.Requests.RotationRequest;
import dev.keyledger.command.http.Views.EditedView;
import dev.keyledger.command.keyring.KeyRingCommand.DisableKey;
import dev.keyledger.command.keyring.KeyRingCommand.EnableKey;
import dev.keyledger.command.keyring.KeyRingCommand.RotateKey;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.problem.Problems;
import dev.keyledger.http.security.Account;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The life of a key: closing it takes no code, opening it again and replacing it do. */
@RestController
@RequestMapping(path = "/v1/keys/{publicApiKey}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Keys")
final class KeyLifeController {
  private final CommandDispatch dispatch;

  KeyLifeController(CommandDispatch dispatch) {
    this.dispatch = dispatch;
  }

  @PostMapping("/disable")
  @Operation(
      summary = "Disable a key",
      description = "Happens at once and takes no code. A key that is disabled stays so.")
  @ApiResponse(
      responseCode = "200",
      description = "The key, which does not work now",
      content = @Content(schema = @Schema(implementation = EditedView.class)))
  @Problems(ProblemType.UNKNOWN_KEY)
  ResponseEntity<Object> disableKey(
      @PathVariable String publicApiKey, @AuthenticationPrincipal Account caller) {
    return dispatch.send(new DisableKey(caller.accountId(), publicApiKey), caller);
  }

  @PostMapping("/enable")
  @Operation(
      summary = "Ask for a disabled key to work again",
      description = "Opens a challenge; the key works when its codes are right.")
  @OpensChallenge
  @Problems({
    ProblemType.EMAIL_MISSING,
    ProblemType.TWO_FACTOR_REQUIRED,
    ProblemType.UNKNOWN_KEY,
    ProblemType.KEY_RETIRING,
    ProblemType.KEY_EXPIRED,
    ProblemType.KEY_NOT_DISABLED,
    ProblemType.CODE_COOLDOWN
  })
  ResponseEntity<Object> enableKey(
      @PathVariable String publicApiKey, @AuthenticationPrincipal Account caller) {
    return dispatch.sendWithCode(new EnableKey(caller.accountId(), publicApiKey), caller);
  }

  @PostMapping(path = "/rotation", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Ask for a new key in the place of one",
      description =
          "Opens a challenge; when its codes are right, a new key with the same label and rights is"
              + " made, and the old one works until the grace ends.")
  @OpensChallenge
  @Problems({
    ProblemType.EMAIL_MISSING,
    ProblemType.TWO_FACTOR_REQUIRED,
    ProblemType.UNKNOWN_KEY,
    ProblemType.KEY_RETIRING,
    ProblemType.KEY_EXPIRED,
    ProblemType.INVALID_GRACE,
    ProblemType.INVALID_VERIFICATION_KEY,
    ProblemType.KEY_LIMIT_REACHED,
    ProblemType.CODE_COOLDOWN
  })
  ResponseEntity<Object> rotateKey(
      @PathVariable String publicApiKey,
      @RequestBody(required = false) @Nullable RotationRequest request,
      @AuthenticationPrincipal Account caller) {
    RotationRequest wanted = request == null ? new RotationRequest(null, null) : request;
    return dispatch.sendWithCode(
        new RotateKey(caller.accountId(), publicApiKey, wanted.grace(), wanted.verificationKey()),
        caller);
  }
}
