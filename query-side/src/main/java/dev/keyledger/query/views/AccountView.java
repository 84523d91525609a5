package dev.keyledger.query.views;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AccountLocked;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.ExpiryChanged;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.KeyEnabled;
import dev.keyledger.events.KeyRingEvent.KeyExpired;
import dev.keyledger.events.KeyRingEvent.KeyExpiring;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.KeyRingEvent.PermissionsLapsed;
import dev.keyledger.events.KeyRingEvent.PersonErased;
import dev.keyledger.events.KeyRingEvent.TwoFactorDisabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import dev.keyledger.events.KeyRingEvent.TwoFactorReset;
import java.time.Instant;
import java.util.List;
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

  /** The keys that are live at that instant, oldest first. */
  public List<KeyView> keys(Instant now) {
    return keys.stream().filter(key -> !key.gone(now)).toList();
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
          case TwoFactorDisabled _, TwoFactorReset _ -> view.with(TwoFactor.DISABLED);
          case KeyCreated created -> view.and(KeyView.of(created));
          case PermissionsEdited edited ->
              view.replace(
                  edited.publicApiKey(), key -> key.with(edited.after(), edited.occurredAt()));
          case PermissionsLapsed lapsed ->
              view.replace(
                  lapsed.publicApiKey(), key -> key.with(lapsed.after(), lapsed.occurredAt()));
          case ExpiryChanged changed ->
              view.replace(
                  changed.publicApiKey(), key -> key.ending(changed.after(), changed.occurredAt()));
          case KeyDisabled disabled ->
              view.replace(
                  disabled.publicApiKey(),
                  key -> key.disabled(disabled.reason(), disabled.occurredAt()));
          case KeyEnabled enabled ->
              view.replace(enabled.publicApiKey(), key -> key.disabled(null, enabled.occurredAt()));
          case KeyRotated rotated ->
              view.replace(
                      rotated.publicApiKey(),
                      key ->
                          key.retiring(
                              rotated.newPublicApiKey(),
                              rotated.graceEndsAt(),
                              rotated.occurredAt()))
                  .and(KeyView.of(rotated));
          case KeyDeleted deleted -> view.without(deleted.publicApiKey());
          case AllKeysDeleted _ -> view.with(List.of());
          case ChallengeOpened _,
              CodeReissued _,
              CodeRejected _,
              CodeVerified _,
              ChallengeClosed _,
              AccountLocked _,
              KeyExpiring _,
              KeyExpired _,
              PersonErased _ ->
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

  private AccountView and(KeyView key) {
    return with(Stream.concat(keys.stream(), Stream.of(key)).toList());
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
