package dev.keyledger.command.relay;

import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/** Records as the event store would give them. */
final class Records {
  private static final EventRecords RECORDS = new EventRecords();

  private Records() {}

  static LogRecord event(String accountId, long position) {
    ChallengeClosed event =
        new ChallengeClosed(accountId, Instant.EPOCH, "ch_" + position, "cancelled");
    return RECORDS.of(event, position, JsonMapper.shared().writeValueAsBytes(event));
  }
}
