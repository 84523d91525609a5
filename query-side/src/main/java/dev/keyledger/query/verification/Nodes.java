package dev.keyledger.query.verification;

import reactor.core.publisher.Mono;

/** The query-side nodes that share a database. */
public interface Nodes {

  /** Says that this node is there, and how many others did so since the last time. */
  Mono<Integer> others();

  /** This node goes. */
  Mono<Void> leave();
}
