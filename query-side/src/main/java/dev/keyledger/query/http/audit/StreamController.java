package dev.keyledger.query.http.audit;

import dev.keyledger.http.security.Account;
import dev.keyledger.http.security.Grant;
import dev.keyledger.query.audit.AuditLog;
import dev.keyledger.query.audit.LogTail;
import dev.keyledger.query.audit.LoggedEvent;
import dev.keyledger.query.http.Unavailable;
import dev.keyledger.query.http.audit.TracedReads.Answer;
import dev.keyledger.query.views.ViewStoreException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The log live, as server-sent events (HTML Standard, section 9.2) whose ids are log indexes. The
 * first thing that is sent is an id, so that whoever loses the connection goes on where it was,
 * also before the first event.
 */
@RestController
@RequestMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
final class StreamController {
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** Longer than any connection lasts; times without end can't be waited for. */
  private static final Duration LONGEST = Duration.ofDays(365);

  static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final String AFTER = "after";
  private static final Logger logger = LoggerFactory.getLogger(StreamController.class);

  private final AuditLog log;
  private final LogTail tail;
  private final TracedReads reads;
  private final Clock clock;
  private final OpenStreams streams = new OpenStreams();

  StreamController(
      AuditLog log, LogTail tail, TracedReads reads, Clock clock, MeterRegistry registry) {
    this.log = log;
    this.tail = tail;
    this.reads = reads;
    this.clock = clock;
    Gauge.builder("keyledger.log.streams", streams, OpenStreams::size)
        .description("Open live streams")
        .register(registry);
  }

  @GetMapping("/v1/audit/stream")
  @Operation(
      summary = "Follow the log",
      description = "Server-sent events in the order of the log, " + Resumable.FROM_NOW_ON)
  @Tag(name = "Audit")
  @Resumable
  Mono<ResponseEntity<Flux<ServerSentEvent<EventAnswer>>>> followLog(
      @Parameter(hidden = true) Authentication caller, ServerHttpRequest request) {
    Grant grant = Grant.of(caller);
    Account reader = grant.account();
    String id = UUID.randomUUID().toString();
    AtomicLong sent = new AtomicLong();
    return reads.opened(
        reader,
        request,
        id,
        open(grant, request, after -> tail.follow(after).doOnNext(_ -> sent.incrementAndGet()))
            .map(stream ->
                new Answer<>(
                    answer(stream.doFinally(_ -> end(reader, request, id, sent.get()))), 0)));
  }

  @GetMapping("/v1/keys/stream")
  @Operation(
      summary = "Follow the own key ring",
      description = "Server-sent events of the caller's own account, " + Resumable.FROM_NOW_ON)
  @Tag(name = "Views")
  @Resumable
  Mono<ResponseEntity<Flux<ServerSentEvent<EventAnswer>>>> followOwn(
      @Parameter(hidden = true) Authentication caller, ServerHttpRequest request) {
    Grant grant = Grant.of(caller);
    return open(grant, request, after -> tail.follow(after, grant.account().accountId()))
        .map(StreamController::answer)
        .onErrorMap(ViewStoreException.class, Unavailable::because);
  }

  private Mono<Flux<ServerSentEvent<EventAnswer>>> open(
      Grant grant, ServerHttpRequest request, LongFunction<Flux<LoggedEvent>> following) {
    String accountId = grant.account().accountId();
    Duration left = Duration.between(clock.instant(), grant.expiresAt());
    return Mono.defer(() -> {
      streams.check(accountId);
      return after(request)
          .map(after ->
              streams.counted(
                  accountId, stream(after, following.apply(after), left, tail.stopping())));
    });
  }

  /**
   * Events between heartbeats, until the token's time is over, the node stops or the store does not
   * answer. One that is slow to take them is slow to be given more.
   */
  static Flux<ServerSentEvent<EventAnswer>> stream(
      long after, Flux<LoggedEvent> events, Duration left, Mono<Void> stopping) {
    Flux<ServerSentEvent<EventAnswer>> beats =
        Flux.interval(HEARTBEAT).onBackpressureDrop().map(_ -> comment("alive").build());
    return Flux.concat(
            Mono.just(comment("open").id(Long.toString(after)).build()),
            Flux.merge(events.map(StreamController::event), beats))
        .onErrorComplete(ViewStoreException.class)
        .takeUntilOther(Mono.firstWithSignal(Mono.delay(atMost(left)).then(), stopping));
  }

  private static Duration atMost(Duration left) {
    return left.compareTo(LONGEST) < 0 ? left : LONGEST;
  }

  private Mono<Long> after(ServerHttpRequest request) {
    Parameters asked = Parameters.of(request, AFTER);
    String last = request.getHeaders().getFirst(LAST_EVENT_ID);
    if (last != null) {
      return Mono.just(Parameters.number(LAST_EVENT_ID, last, -1, Long.MAX_VALUE - 1));
    }
    return asked.has(AFTER)
        ? Mono.just(asked.number(AFTER, -1, Long.MAX_VALUE - 1, -1))
        : log.size().map(size -> size - 1);
  }

  private void end(Account reader, ServerHttpRequest request, String id, long sent) {
    reads
        .ended(reader, request, id, sent)
        .subscribe(_ -> {}, failure -> logger.error("the end of a stream left no trace", failure));
  }

  private static ResponseEntity<Flux<ServerSentEvent<EventAnswer>>> answer(
      Flux<ServerSentEvent<EventAnswer>> stream) {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(stream);
  }

  private static ServerSentEvent<EventAnswer> event(LoggedEvent event) {
    return ServerSentEvent.builder(EventAnswer.of(event)).id(Long.toString(event.index())).build();
  }

  private static ServerSentEvent.Builder<EventAnswer> comment(String text) {
    return ServerSentEvent.<EventAnswer>builder().comment(text);
  }
}
