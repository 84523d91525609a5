package dev.keyledger.command.http;

import dev.keyledger.command.http.Requests.CreateKeyRequest;
import dev.keyledger.command.http.Requests.EditPermissionsRequest;
import dev.keyledger.command.http.Requests.RateLimitRequest;
import dev.keyledger.command.keyring.KeyRingCommand.CreateKey;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteAll;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteKey;
import dev.keyledger.command.keyring.KeyRingCommand.EditPermissions;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.problem.Problems;
import dev.keyledger.http.security.Account;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Keys: each call opens a challenge and changes nothing yet. */
@RestController
@RequestMapping(path = "/v1/keys", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Keys")
final class KeysController {
  private final CommandDispatch dispatch;

  KeysController(CommandDispatch dispatch) {
    this.dispatch = dispatch;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Ask for a key",
      description = "Opens a challenge; the key is made when its codes are right.")
  @OpensChallenge
  @Problems({
    ProblemType.EMAIL_MISSING,
    ProblemType.TWO_FACTOR_REQUIRED,
    ProblemType.INVALID_LABEL,
    ProblemType.LABEL_TAKEN,
    ProblemType.INVALID_PERMISSIONS,
    ProblemType.INVALID_IP,
    ProblemType.INVALID_RATE_LIMIT,
    ProblemType.TRUSTED_IPS_REQUIRED,
    ProblemType.INVALID_ALGORITHM,
    ProblemType.INVALID_VERIFICATION_KEY,
    ProblemType.INVALID_EXPIRY,
    ProblemType.KEY_LIMIT_REACHED,
    ProblemType.CODE_COOLDOWN
  })
  ResponseEntity<Object> create(
      @RequestBody CreateKeyRequest request, @AuthenticationPrincipal Account caller) {
    RateLimitRequest limit = request.rateLimit();
    return dispatch.sendWithCode(
        new CreateKey(
            caller.accountId(),
            request.label(),
            request.permissions(),
            request.trustedIps(),
            request.algorithm(),
            request.verificationKey(),
            limit == null ? null : limit.wanted(),
            request.expiresAt()),
        caller);
  }

  @PutMapping(path = "/{publicApiKey}/permissions", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Ask for other permissions",
      description =
          "Opens a challenge; permissions and trusted IPs are replaced as a whole, rate limit and"
              + " expiry if they are named.")
  @OpensChallenge
  @Problems({
    ProblemType.EMAIL_MISSING,
    ProblemType.TWO_FACTOR_REQUIRED,
    ProblemType.UNKNOWN_KEY,
    ProblemType.KEY_RETIRING,
    ProblemType.INVALID_PERMISSIONS,
    ProblemType.INVALID_IP,
    ProblemType.INVALID_RATE_LIMIT,
    ProblemType.TRUSTED_IPS_REQUIRED,
    ProblemType.INVALID_EXPIRY,
    ProblemType.CODE_COOLDOWN
  })
  ResponseEntity<Object> editPermissions(
      @PathVariable String publicApiKey,
      @RequestBody EditPermissionsRequest request,
      @AuthenticationPrincipal Account caller) {
    return dispatch.sendWithCode(
        new EditPermissions(
            caller.accountId(),
            publicApiKey,
            request.permissions(),
            request.trustedIps(),
            request.rateLimit().map(RateLimitRequest::wanted),
            request.expiresAt()),
        caller);
  }

  @DeleteMapping("/{publicApiKey}")
  @Operation(
      summary = "Ask for a key to be deleted",
      description = "Opens a challenge; the key works until its codes are right.")
  @OpensChallenge
  @Problems({
    ProblemType.EMAIL_MISSING,
    ProblemType.TWO_FACTOR_REQUIRED,
    ProblemType.UNKNOWN_KEY,
    ProblemType.CODE_COOLDOWN
  })
  ResponseEntity<Object> delete(
      @PathVariable String publicApiKey, @AuthenticationPrincipal Account caller) {
    return dispatch.sendWithCode(new DeleteKey(caller.accountId(), publicApiKey), caller);
  }

  @DeleteMapping
  @Operation(
      summary = "Ask for all keys to be deleted",
      description = "Opens a challenge, also if there are no keys.")
  @OpensChallenge
  @Problems({ProblemType.EMAIL_MISSING, ProblemType.TWO_FACTOR_REQUIRED, ProblemType.CODE_COOLDOWN})
  ResponseEntity<Object> deleteAll(@AuthenticationPrincipal Account caller) {
    return dispatch.sendWithCode(new DeleteAll(caller.accountId()), caller);
  }
}
