package dev.keyledger.query.views;

import reactor.core.publisher.Mono;

/** The generations of the views, side by side. */
public interface ViewGenerations {

  /** Which are read and written at this moment. */
  Mono<Generations> now();

  /** One of them, whether it is in use or not. */
  ViewStore of(long generation);
}
