package dev.keyledger.query.rebuild;

import reactor.core.publisher.Mono;

/** The one record that all nodes share about the generations of the views. */
public interface RebuildStore {

  /** What is written there; {@link Rebuild#NEVER} if nothing is. */
  Mono<Rebuild> find();

  /**
   * Writes the record, unless somebody else did since it was read.
   *
   * @param before as it was read; {@code after} has a later version
   * @return whether it was written
   */
  Mono<Boolean> replace(Rebuild before, Rebuild after);

  /**
   * Takes a generation of the views away; nothing happens if there is none. Whoever asks may be
   * late by any time, so it is for those that are older than the served one, and never used again.
   */
  Mono<Void> drop(long generation);
}
