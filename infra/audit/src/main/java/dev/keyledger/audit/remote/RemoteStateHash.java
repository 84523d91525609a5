package dev.keyledger.audit.remote;

import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.replay.OtherSide;
import java.time.Duration;

/** The state hash of a query-side: {@code GET /v1/audit/state-hash?at=}, scope audit:read. */
public final class RemoteStateHash implements OtherSide {
  /** It replays the log for it. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** It does so for one auditor at a time, and hears of an event a moment after Kafka has it. */
  private static final Duration LONGEST_BUSY = Duration.ofMinutes(5);

  private final RemoteQuerySide querySide;

  /** The hash at that query-side. */
  public RemoteStateHash(RemoteQuerySide querySide) {
    this.querySide = querySide;
  }

  @Override
  public String stateHash(long logIndex) throws UncheckedLogException {
    return querySide
        .askUntilReady(
            "/v1/audit/state-hash?at=" + logIndex,
            PATIENCE,
            LONGEST_BUSY,
            "the state after index " + logIndex)
        .path("stateHash")
        .asString();
  }
}
