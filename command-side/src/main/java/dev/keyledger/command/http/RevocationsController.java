package dev.keyledger.command.http;

import dev.keyledger.command.http.Requests.ProofRequest;
import dev.keyledger.command.http.Requests.RevocationRequest;
import dev.keyledger.command.http.Views.RevokedView;
import dev.keyledger.command.keyring.KeyState;
import dev.keyledger.command.revocation.Revocations;
import dev.keyledger.command.revocation.Revocations.Revoked;
import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * For finders of a leaked key: who proves to hold its secret may disable it, and needs no token.
 */
@RestController
@RequestMapping(path = "/v1/revocations", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Revocations")
final class RevocationsController {
  private final Revocations revocations;
  private final OpenCalls calls;
  private final CommandDispatch dispatch;

  RevocationsController(Revocations revocations, OpenCalls calls, CommandDispatch dispatch) {
    this.revocations = revocations;
    this.calls = calls;
    this.dispatch = dispatch;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Disable a key that leaked",
      description =
          "Takes the secret itself, or a proof that does not show it: a POST to this address,"
              + " signed with the key (RFC 9421) within the last 5 minutes. Needs no token.")
  @SecurityRequirements
  @ApiResponse(
      responseCode = "200",
      description = "The key does not work now",
      content = @Content(schema = @Schema(implementation = RevokedView.class)))
  @Problems({ProblemType.PROOF_REJECTED, ProblemType.BUSY})
  ResponseEntity<Object> revoke(@RequestBody RevocationRequest request) {
    Revoked revoked =
        calls
            .serve(() -> dispatch.reach(() -> revoke(request.secret(), request.proof())))
            .orElseThrow(() -> new ProblemException(ProblemType.PROOF_REJECTED));
    return ResponseEntity.ok()
        .header(PositionHeaders.POSITION, Long.toString(revoked.position()))
        .body(new RevokedView(revoked.publicApiKey(), KeyState.DISABLED.publicName()));
  }

  private Optional<Revoked> revoke(@Nullable String secret, @Nullable ProofRequest proof) {
    if ((secret == null) == (proof == null)) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST);
    }
    return secret != null
        ? revocations.bySecret(secret)
        : revocations.byProof(proof.method(), proof.targetUri(), proof.headers());
  }
}
