package dev.keyledger.query.http.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.problem.Problems;
import dev.keyledger.http.security.Grant;
import dev.keyledger.http.security.Scope;
import dev.keyledger.query.audit.AuditLog;
import dev.keyledger.query.audit.AuditLog.Receipt;
import dev.keyledger.query.http.Unavailable;
import dev.keyledger.query.http.audit.TracedReads.Answer;
import dev.keyledger.query.views.ViewStoreException;
import dev.keyledger.tlog.LogProof;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.SignedNote;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Turns the position that a command answered with into a proof that nobody can take back. */
@RestController
@Tag(name = "Log")
final class ReceiptController {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration RETRY_VISIBLE = Duration.ofSeconds(1);
  private static final int AT_ONCE = 200;

  /** Of one caller, since a receipt that is not there yet is waited for. */
  private static final int OF_ONE = 20;

  private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, UTF_8);

  private final AuditLog log;
  private final TracedReads reads;
  private final JsonMapper json;
  private final Duration maxWait;
  private final Few few = new Few(AT_ONCE, OF_ONE);

  ReceiptController(
      AuditLog log,
      TracedReads reads,
      JsonMapper json,
      @Value("${keyledger.view.max-wait:5s}") Duration maxWait) {
    this.log = log;
    this.reads = reads;
    this.json = json;
    this.maxWait = maxWait;
  }

  @GetMapping(
      path = "/v1/audit/receipts/{accountId}/{position}",
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
  @Operation(
      summary = "Show a receipt",
      description =
          "Proves that the event at a position is in the log. For the account itself and for"
              + " auditors; waits a few seconds for an event or a checkpoint that is on its way.")
  @ApiResponse(
      responseCode = "200",
      description = "The receipt; as text, a C2SP tlog-proof",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = ReceiptAnswer.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
      })
  @Problems({
    ProblemType.MALFORMED_REQUEST,
    ProblemType.NOT_FOUND,
    ProblemType.NOT_YET_VISIBLE,
    ProblemType.BUSY
  })
  Mono<ResponseEntity<byte[]>> receipt(
      @Parameter(hidden = true) Authentication caller,
      @PathVariable String accountId,
      @PathVariable String position,
      ServerHttpRequest request) {
    Grant grant = Grant.of(caller);
    Mono<ResponseEntity<byte[]>> answer =
        Mono.defer(() -> few.of(grant.account().accountId(), await(accountId, position(position))))
            .map(receipt -> answer(receipt, wantsText(request)));
    if (grant.holds(Scope.KEYS_MANAGE) && grant.account().accountId().equals(accountId)) {
      return answer.onErrorMap(ViewStoreException.class, Unavailable::because);
    }
    if (!grant.holds(Scope.AUDIT_READ)) {
      // Somebody else's account: as if it did not exist.
      throw new ProblemException(ProblemType.NOT_FOUND);
    }
    return reads.traced(grant.account(), request, answer.map(entity -> new Answer<>(entity, 1)));
  }

  private Mono<Receipt> await(String accountId, long position) {
    return Flux.interval(Duration.ZERO, LOOK_EVERY)
        .onBackpressureDrop()
        .concatMap(_ -> log.receipt(accountId, position), 1)
        .next()
        .timeout(maxWait)
        .onErrorMap(
            TimeoutException.class,
            _ -> new ProblemException(ProblemType.NOT_YET_VISIBLE).retryAfter(RETRY_VISIBLE));
  }

  private ResponseEntity<byte[]> answer(Receipt receipt, boolean text) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .contentType(text ? TEXT : MediaType.APPLICATION_JSON)
        .body(
            text
                ? proof(receipt).toString().getBytes(UTF_8)
                : json.writeValueAsBytes(ReceiptAnswer.of(receipt)));
  }

  private static LogProof proof(Receipt receipt) {
    try {
      return new LogProof(
          receipt.event().index(),
          receipt.inclusion(),
          SignedNote.parse(receipt.checkpoint().note().getBytes(UTF_8)));
    } catch (MalformedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static long position(String text) {
    try {
      long position = Long.parseLong(text);
      if (position >= 1 && Long.toString(position).equals(text)) {
        return position;
      }
    } catch (NumberFormatException _) {
      // Said below, together with what is not positive.
    }
    throw Parameters.malformed("A position is a whole number from 1.");
  }

  /** JSON unless text is asked for, and rather. */
  private static boolean wantsText(ServerHttpRequest request) {
    List<MediaType> accepted = request.getHeaders().getAccept();
    return accepted.stream()
        .filter(type -> type.getQualityValue() > 0)
        .filter(type -> type.includes(MediaType.APPLICATION_JSON) || type.includes(TEXT))
        .findFirst()
        .map(type -> !type.includes(MediaType.APPLICATION_JSON))
        .orElse(false);
  }
}
