package dev.keyledger.query.verification;

import dev.keyledger.query.memory.Found;
import java.time.Duration;
import java.util.OptionalLong;

/** What came out of a question. */
public sealed interface Verdict {

  /** The key may do it. */
  record Valid(Found found) implements Verdict {}

  /**
   * The key may not, or there is none.
   *
   * @param position what the account's state was as of; only told to who could sign
   * @param retryAfter how long its rate limit makes it wait; zero for every other reason
   */
  record Refused(Reason reason, OptionalLong position, Duration retryAfter) implements Verdict {

    static Refused of(Reason reason) {
      return new Refused(reason, OptionalLong.empty(), Duration.ZERO);
    }

    static Refused of(Reason reason, Found found) {
      return new Refused(reason, OptionalLong.of(found.account().position()), Duration.ZERO);
    }
  }

  /** Nobody can tell at the moment. */
  record Unanswered(Outage outage) implements Verdict {}
}
