package dev.keyledger.audit.replay;

import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;

/** Somebody else who replays the same log. */
@FunctionalInterface
public interface OtherSide {
  /** The other side's state hash, in Base64, after the event of that log index. */
  String stateHash(long logIndex) throws TamperedException, UncheckedLogException;
}
