package dev.keyledger.query.audit;

import reactor.core.publisher.Mono;

/** Where it is written down who read the log. */
@FunctionalInterface
public interface ReadTraces {
  /** Completes once the trace can't be lost any more; fails if that can't be had. */
  Mono<Void> write(ReadTrace trace);
}
