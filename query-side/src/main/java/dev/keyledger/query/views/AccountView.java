package dev.keyledger.query.views;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AccountLocked;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.KeyRingEvent.TwoFactorDisabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What one account sees of its key ring.
 *
 * @param partition the topic's partition that its events come from, or {@link #NO_PARTITION}
 * @param position number of the last event that is in it; 0 if there is none
 * @param knownPosition the highest position that is known to exist; more than {@code position} if
 *     an event is missing, and then this view must not be shown
 * @param keys live keys, oldest first
 */
public record AccountView(
    String accountId,
    int partition,
    long position,
    long knownPosition,
    TwoFactor twoFactor,
    List<KeyView> keys) {

  /** The partition of an account of which nothing was read yet. */
  public static final int NO_PARTITION = -1;

  public AccountView {
    keys = List.copyOf(keys);
  }

  /** The view of an account that never did anything. */
  public static AccountView unknown(String accountId) {
    return new AccountView(accountId, NO_PARTITION, 0, 0, TwoFactor.DISABLED, List.of());
  }

  /** Whether every event that is known to exist is in it. */
  public boolean complete() {
    return position >= knownPosition;
  }

  /** The live key of that name. */
  public Optional<KeyView> key(String publicApiKey) {
    return keys.stream().filter(key -> key.publicApiKey().equals(publicApiKey)).findFirst();
  }

  /** The same view, aware of the partition that its events come from. */
  public AccountView from(int source) {
    return source == partition
        ? this
        : new AccountView(accountId, source, position, knownPosition, twoFactor, keys);
  }

  /** The same view, aware that an event of that position exists. */
  public AccountView knowing(long existing) {
    return existing <= knownPosition
        ? this
        : new AccountView(accountId, partition, position, existing, twoFactor, keys);
  }

  /** The view after an event; never fails, whatever the event tells about keys it does not hold. */
  public static AccountView evolve(AccountView view, KeyRingEvent event, long position) {
    AccountView after =
        switch (event) {
          case TwoFactorEnrolmentStarted _ -> view.with(TwoFactor.PENDING);
          case TwoFactorEnabled _ -> view.with(TwoFactor.ENABLED);
          case TwoFactorDisabled _ -> view.with(TwoFactor.DISABLED);
          case KeyCreated created ->
              view.with(Stream.concat(view.keys.stream(), Stream.of(KeyView.of(created))).toList());
          case PermissionsEdited edited ->
              view.replace(
                  edited.publicApiKey(), key -> key.with(edited.after(), edited.occurredAt()));
          case KeyDeleted deleted -> view.without(deleted.publicApiKey());
          case AllKeysDeleted _ -> view.with(List.of());
          case ChallengeOpened _,
              CodeReissued _,
              CodeRejected _,
              CodeVerified _,
              ChallengeClosed _,
              AccountLocked _ ->
              view;
        };
    return new AccountView(
        after.accountId,
        after.partition,
        position,
        Math.max(after.knownPosition, position),
        after.twoFactor,
        after.keys);
  }

  private AccountView with(TwoFactor state) {
    return new AccountView(accountId, partition, position, knownPosition, state, keys);
  }

  private AccountView with(List<KeyView> live) {
    return new AccountView(accountId, partition, position, knownPosition, twoFactor, live);
  }

  private AccountView replace(String publicApiKey, UnaryOperator<KeyView> change) {
    return with(
        keys.stream()
            .map(key -> key.publicApiKey().equals(publicApiKey) ? change.apply(key) : key)
            .toList());
  }

  private AccountView without(String publicApiKey) {
    return with(keys.stream().filter(key -> !key.publicApiKey().equals(publicApiKey)).toList());
  }
}
