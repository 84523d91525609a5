package dev.keyledger.http.shortcut;

import dev.keyledger.http.security.Grant;
import dev.keyledger.http.security.Scope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import reactor.netty.http.server.HttpServerRequest;

/** A shortcut with who may take it, and its meters. */
final class Route {
  static final String CALLS = "keyledger.http.shortcut.calls";

  /** The meter of Spring's own observation of requests, which these are part of. */
  private static final String REQUESTS = "http.server.requests";

  private final Shortcut shortcut;
  private final ShortPath path;
  private final List<Scope> scopes;
  private final MeterRegistry registry;
  private final Counter taken;
  private final Counter left;
  private final Map<Integer, Timer> answered = new ConcurrentHashMap<>();
  private final Timer aborted;

  /**
   * @param scopes of which a caller needs one
   */
  Route(Shortcut shortcut, List<Scope> scopes, MeterRegistry registry) {
    this.shortcut = shortcut;
    this.path = new ShortPath(shortcut.path());
    this.scopes = scopes;
    this.registry = registry;
    this.taken = counter("taken");
    this.left = counter("left");
    this.aborted = timer("UNKNOWN", "UNKNOWN");
  }

  Shortcut shortcut() {
    return shortcut;
  }

  /** Whether it is about this method and path. */
  boolean isAskedBy(HttpServerRequest request) {
    return path.matches(request.uri()) && shortcut.method().equals(request.method().name());
  }

  /**
   * What the path of a request that asks for it has in place of the variable; empty without one.
   */
  String variableOf(HttpServerRequest request) {
    return path.variableOf(request.uri());
  }

  /** Whether a request has a body where it should, and none where it shouldn't. */
  boolean takes(PlainRequest request) {
    return shortcut.hasBody() ? request.hasJson() : request.hasNothing();
  }

  boolean isOpenTo(Grant caller) {
    return scopes.stream().anyMatch(caller::holds);
  }

  /** A call takes the short way. */
  void taken() {
    taken.increment();
  }

  /** A call is left to the usual chain. */
  void left() {
    left.increment();
  }

  /** An answer was sent. */
  void answered(int status, long nanos) {
    answered
        .computeIfAbsent(
            status, code -> timer(code.toString(), code < 300 ? "SUCCESS" : "REDIRECTION"))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** The caller went away. */
  void aborted(long nanos) {
    aborted.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Counter counter(String way) {
    return Counter.builder(CALLS)
        .description("Calls that have a shorter way, by whether they took it")
        .tags("method", shortcut.method(), "uri", shortcut.path(), "way", way)
        .register(registry);
  }

  private Timer timer(String status, String outcome) {
    return registry.timer(
        REQUESTS,
        "error",
        "none",
        "exception",
        "none",
        "method",
        shortcut.method(),
        "outcome",
        outcome,
        "status",
        status,
        "uri",
        shortcut.path());
  }
}
