package dev.keyledger.bench;

import java.util.concurrent.atomic.AtomicLong;

/**
 * An account that is called for.
 *
 * @param position after its last command
 */
record Account(String id, String email, String token, AtomicLong position) {

  /** Notes the position that an answer names. */
  Answer moved(Answer answer) {
    position.set(answer.position());
    return answer;
  }

  /** A request that is answered as soon as the query side has seen the last command. */
  Request lookAfterLastCommand(String path) {
    return Request.get(path, token, position.get());
  }
}
