package dev.keyledger.query.http.audit;

import static dev.keyledger.query.http.audit.Parameters.malformed;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.problem.Problems;
import dev.keyledger.query.audit.AuditLog;
import dev.keyledger.query.audit.SignedCheckpoint;
import dev.keyledger.query.http.Unavailable;
import dev.keyledger.query.views.ViewStoreException;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.Tile;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What proves the log to anybody, without a token: it holds only hashes. */
@RestController
@RequestMapping("/v1/audit/log")
@Tag(name = "Log")
final class LogController {
  private static final int AT_ONCE = 32;
  private static final long NEWEST = -1;
  private static final Duration FOR_EVER = Duration.ofDays(365);
  private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, UTF_8);

  private final AuditLog log;
  private final Few few = new Few(AT_ONCE);

  LogController(AuditLog log) {
    this.log = log;
  }

  @GetMapping(path = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
  @Operation(
      summary = "Show the newest checkpoint",
      description = "A signed note (C2SP tlog-checkpoint), once its tree is complete here.")
  @ApiResponse(
      responseCode = "200",
      description = "The checkpoint",
      content = @Content(schema = @Schema(type = "string")))
  @SecurityRequirements
  @Problems({ProblemType.NOT_FOUND, ProblemType.BUSY})
  Mono<ResponseEntity<byte[]>> checkpoint() {
    return open(
        log.checkpoint()
            .map(newest ->
                ResponseEntity.ok()
                    .contentType(TEXT)
                    .cacheControl(CacheControl.noCache())
                    .body(newest.note().getBytes(UTF_8))));
  }

  @GetMapping(path = "/tile/{*path}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  @Operation(
      summary = "Show a tile",
      description =
          "Hashes of the tree of the newest checkpoint (C2SP tlog-tiles): {L}/{N}[.p/{W}].")
  @Parameter(
      name = "path",
      in = ParameterIn.PATH,
      required = true,
      example = "0/x001/234.p/5",
      schema = @Schema(type = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "The hashes, 32 bytes each",
      content = @Content(schema = @Schema(type = "string", format = "binary")))
  @SecurityRequirements
  @Problems({ProblemType.NOT_FOUND, ProblemType.BUSY})
  Mono<ResponseEntity<byte[]>> tile(@PathVariable String path) {
    return open(
        hashes(path)
            .map(bytes ->
                ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .cacheControl(CacheControl.maxAge(FOR_EVER).cachePublic().immutable())
                    .body(bytes)));
  }

  @GetMapping(path = "/proof", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Prove something of the tree",
      description =
          "With index, that this event is in the tree of a size, the newest checkpoint's by default;"
              + " with from, that the tree of size to began as the one of size from.")
  @Parameter(name = "index", in = ParameterIn.QUERY, schema = @Schema(type = "integer"))
  @Parameter(name = "size", in = ParameterIn.QUERY, schema = @Schema(type = "integer"))
  @Parameter(name = "from", in = ParameterIn.QUERY, schema = @Schema(type = "integer"))
  @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(type = "integer"))
  @ApiResponse(
      responseCode = "200",
      description = "The proof",
      content =
          @Content(schema = @Schema(oneOf = {InclusionAnswer.class, ConsistencyAnswer.class})))
  @SecurityRequirements
  @Problems({ProblemType.MALFORMED_REQUEST, ProblemType.NOT_FOUND, ProblemType.BUSY})
  Mono<ResponseEntity<Object>> proof(ServerHttpRequest request) {
    return open(
        (request.getQueryParams().containsKey("from") ? consistency(request) : inclusion(request))
            .map(proof -> ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(proof)));
  }

  private Mono<Object> inclusion(ServerHttpRequest request) {
    Parameters asked = Parameters.of(request, "index", "size");
    if (!asked.has("index")) {
      throw malformed("This call takes index and perhaps size, or from and perhaps to.");
    }
    long index = asked.number("index", 0, Long.MAX_VALUE - 1, 0);
    return size(asked.number("size", index + 1, Long.MAX_VALUE, NEWEST))
        .filter(size -> index < size)
        .flatMap(size -> log.proveInclusion(index, size))
        .map(InclusionAnswer::of);
  }

  private Mono<Object> consistency(ServerHttpRequest request) {
    Parameters asked = Parameters.of(request, "from", "to");
    long from = asked.number("from", 0, Long.MAX_VALUE, 0);
    return size(asked.number("to", from, Long.MAX_VALUE, NEWEST))
        .filter(size -> from <= size)
        .flatMap(size -> log.proveConsistency(from, size))
        .map(ConsistencyAnswer::of);
  }

  /** The size that is asked for, empty if the newest checkpoint's tree is smaller. */
  private Mono<Long> size(long asked) {
    return log.checkpoint()
        .map(SignedCheckpoint::size)
        .filter(newest -> asked <= newest)
        .map(newest -> asked == NEWEST ? newest : asked);
  }

  private Mono<byte[]> hashes(String path) {
    try {
      Tile tile = Tile.parse("tile" + path);
      return tile.isEntries() ? Mono.empty() : log.tile(tile);
    } catch (MalformedException _) {
      return Mono.empty();
    }
  }

  private <T> Mono<T> open(Mono<T> answer) {
    return few.of(answer)
        .switchIfEmpty(
            Mono.error(() ->
                new ProblemException(
                    ProblemType.NOT_FOUND, "The newest checkpoint's tree does not have that.")))
        .onErrorMap(ViewStoreException.class, Unavailable::because);
  }
}
