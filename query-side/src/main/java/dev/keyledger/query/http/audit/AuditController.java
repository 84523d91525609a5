package dev.keyledger.query.http.audit;

import dev.keyledger.events.EventTypes;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.problem.Problems;
import dev.keyledger.http.security.Account;
import dev.keyledger.query.audit.AuditLog;
import dev.keyledger.query.audit.EventQuery;
import dev.keyledger.query.audit.LoggedEvent;
import dev.keyledger.query.http.audit.TracedReads.Answer;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.Tile;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What an auditor asks; each answer leaves its trace first. */
@RestController
@RequestMapping("/v1/audit")
@Tag(name = "Audit")
final class AuditController {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  /** Bytes of entries after which a page ends early. */
  private static final int PAGE_BYTES = 2 * 1024 * 1024;

  private final AuditLog log;
  private final TracedReads reads;

  AuditController(AuditLog log, TracedReads reads) {
    this.log = log;
    this.reads = reads;
  }

  @GetMapping(path = "/events", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "List events",
      description = "In the order of the log. Go on with after, set to what nextAfter says.")
  @Parameter(name = "account", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(
      name = "type",
      in = ParameterIn.QUERY,
      example = "KeyCreated",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "publicApiKey",
      in = ParameterIn.QUERY,
      description = "A key that the events are about",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "Decided then or later",
      schema = @Schema(type = "string", format = "date-time"))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "Decided before",
      schema = @Schema(type = "string", format = "date-time"))
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "A log index",
      schema = @Schema(type = "integer", format = "int64", minimum = "-1", defaultValue = "-1"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema =
          @Schema(type = "integer", minimum = "1", maximum = "" + MAX_LIMIT, defaultValue = "100"))
  @ApiResponse(
      responseCode = "200",
      description = "A page of events",
      content = @Content(schema = @Schema(implementation = EventPage.class)))
  @Problems(ProblemType.MALFORMED_REQUEST)
  Mono<ResponseEntity<EventPage>> events(
      @AuthenticationPrincipal Account reader, ServerHttpRequest request) {
    return reads.traced(reader, request, Mono.defer(() -> page(request)));
  }

  @GetMapping(
      path = "/log/tile/entries/{*path}",
      produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  @Operation(
      summary = "Show a bundle of entries",
      description = "The events beside a tile of level 0 (C2SP tlog-tiles): {N}[.p/{W}].")
  @Parameter(
      name = "path",
      in = ParameterIn.PATH,
      required = true,
      example = "x001/234.p/5",
      schema = @Schema(type = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "Entries, each after its length in two bytes",
      content = @Content(schema = @Schema(type = "string", format = "binary")))
  @Problems(ProblemType.NOT_FOUND)
  Mono<ResponseEntity<byte[]>> entries(
      @AuthenticationPrincipal Account reader,
      @PathVariable String path,
      ServerHttpRequest request) {
    return reads.traced(reader, request, Mono.defer(() -> bundle(path)));
  }

  private Mono<Answer<EventPage>> page(ServerHttpRequest request) {
    Parameters asked =
        Parameters.of(request, "account", "type", "publicApiKey", "from", "to", "after", "limit");
    long after = asked.number("after", -1, Long.MAX_VALUE, -1);
    int limit = (int) asked.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    return log.size()
        .flatMap(size -> {
          EventQuery query =
              new EventQuery(
                  asked.text("account"),
                  type(asked.text("type")),
                  asked.text("publicApiKey"),
                  asked.instant("from"),
                  asked.instant("to"),
                  after,
                  size,
                  limit);
          Room room = new Room(PAGE_BYTES);
          return log.find(query)
              .takeUntil(room::isFilledBy)
              .map(EventAnswer::of)
              .collectList()
              .map(items -> {
                boolean more = room.isFull() || items.size() == limit;
                long next = more ? items.getLast().logIndex() : Math.max(after, size - 1);
                return Answer.of(new EventPage(items, next, size), items.size());
              });
        });
  }

  private Mono<Answer<byte[]>> bundle(String path) {
    try {
      Tile tile = Tile.parse("tile/entries" + path);
      return log.tile(tile)
          .map(bytes -> Answer.of(bytes, tile.width()))
          .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND)));
    } catch (MalformedException _) {
      throw new ProblemException(ProblemType.NOT_FOUND);
    }
  }

  /** A type by its whole name, or by the part of it that tells it from others. */
  private static @Nullable String type(@Nullable String name) {
    return name == null || name.contains(".") ? name : EventTypes.PREFIX + name + EventTypes.SUFFIX;
  }

  /** How much of a page is left. */
  private static final class Room {
    private long bytes;

    private Room(long bytes) {
      this.bytes = bytes;
    }

    boolean isFilledBy(LoggedEvent event) {
      bytes -= event.entry().bytes().length;
      return isFull();
    }

    boolean isFull() {
      return bytes <= 0;
    }
  }
}
