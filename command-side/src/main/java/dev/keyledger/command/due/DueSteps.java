package dev.keyledger.command.due;

import dev.keyledger.command.due.DueStep.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The steps that are to come: at most one of each kind for a key. */
interface DueSteps {
  /** A node that claimed a step and says nothing for so long has lost it to the others. */
  Duration LEASE = Duration.ofSeconds(10);

  /** Notes a step, instead of the one of this kind that was noted for the key before. */
  void schedule(DueStep step);

  /** Forgets what of these kinds was noted for a key. */
  void cancel(String accountId, String publicApiKey, Collection<Kind> kinds);

  /** Forgets all that was noted for the keys of an account. */
  void cancelAll(String accountId);

  /**
   * Claims steps of a kind, oldest first.
   *
   * @param until the last instant of those that are claimed
   */
  List<DueStep> claim(Kind kind, Instant until, int most);

  /** Frees what this node had claimed before it was restarted. */
  void reclaim();

  /** Forgets a step that was taken, unless it was noted for another instant since. */
  void done(DueStep step);

  /** The oldest instant of a kind. */
  Optional<Instant> oldest(Kind kind);
}
