package dev.keyledger.audit.remote;

import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.replay.OtherSide;
import java.time.Duration;

/** The state hash of a query-side: {@code GET /v1/audit/state-hash?at=}, scope audit:read. */
public final class RemoteStateHash implements OtherSide {
  /** It replays the log for it. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final RemoteQuerySide querySide;

  /** The hash at that query-side. */
  public RemoteStateHash(RemoteQuerySide querySide) {
    this.querySide = querySide;
  }

  @Override
  public String stateHash(long logIndex) throws UncheckedLogException {
    return querySide
        .askOnce(
            "GET",
            "/v1/audit/state-hash?at=" + logIndex,
            PATIENCE,
            "the state after index " + logIndex)
        .path("stateHash")
        .asString();
  }
}
