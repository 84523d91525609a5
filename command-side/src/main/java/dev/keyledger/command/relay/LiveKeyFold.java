package dev.keyledger.command.relay;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.ExpiryChanged;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.KeyEnabled;
import dev.keyledger.events.KeyRingEvent.KeyExpired;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.KeyRingEvent.PermissionsLapsed;
import dev.keyledger.events.LiveKey;
import dev.keyledger.events.Rights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an event makes of the keys that it is about. */
public final class LiveKeyFold {

  /** The kinds of events that change a key; all others need not be looked at. */
  static final Set<Class<? extends KeyRingEvent>> TYPES =
      Set.of(
          KeyCreated.class,
          PermissionsEdited.class,
          PermissionsLapsed.class,
          ExpiryChanged.class,
          KeyDisabled.class,
          KeyEnabled.class,
          KeyRotated.class,
          KeyExpired.class,
          KeyDeleted.class,
          AllKeysDeleted.class);

  private LiveKeyFold() {}

  /** What becomes of one key. */
  @FunctionalInterface
  public interface Step {
    /** The key afterwards; null stands for one that there is not, before and afterwards. */
    @Nullable LiveKey after(@Nullable LiveKey before);
  }

  /** What an event does, by the public API key that it does it to. */
  public static Map<String, Step> steps(PlacedEvent placed) {
    return switch (placed.event()) {
      case KeyCreated e -> {
        LiveKey made =
            LiveKeyEdit.made(
                placed,
                e.publicApiKey(),
                e.label(),
                e.algorithm(),
                e.verificationKey(),
                new Rights(e.permissions(), e.trustedIps(), e.rateLimit()),
                e.expiresAt(),
                null);
        yield Map.of(e.publicApiKey(), before -> made);
      }
      case PermissionsEdited e -> edit(placed, e.publicApiKey(), key -> key.rights = e.after());
      case PermissionsLapsed e -> edit(placed, e.publicApiKey(), key -> key.rights = e.after());
      case ExpiryChanged e ->
          edit(
              placed,
              e.publicApiKey(),
              key -> {
                key.expiresAt = e.after();
                key.expired = false;
              });
      case KeyDisabled e -> edit(placed, e.publicApiKey(), key -> key.disabledReason = e.reason());
      case KeyEnabled e -> edit(placed, e.publicApiKey(), key -> key.disabledReason = null);
      case KeyExpired e -> edit(placed, e.publicApiKey(), key -> key.expired = true);
      case KeyRotated e -> rotation(placed, e);
      case KeyDeleted e -> Map.of(e.publicApiKey(), before -> null);
      case AllKeysDeleted e -> gone(e.publicApiKeys());
      case KeyRingEvent.KeyExpiring _,
          KeyRingEvent.TwoFactorEnrolmentStarted _,
          KeyRingEvent.TwoFactorEnabled _,
          KeyRingEvent.TwoFactorDisabled _,
          KeyRingEvent.TwoFactorReset _,
          KeyRingEvent.ChallengeOpened _,
          KeyRingEvent.CodeReissued _,
          KeyRingEvent.CodeRejected _,
          KeyRingEvent.CodeVerified _,
          KeyRingEvent.ChallengeClosed _,
          KeyRingEvent.AccountLocked _,
          KeyRingEvent.PersonErased _ ->
          Map.of();
    };
  }

  private static Map<String, Step> edit(
      PlacedEvent placed, String publicApiKey, Consumer<LiveKeyEdit> change) {
    return Map.of(publicApiKey, before -> edited(placed, before, change));
  }

  private static Map<String, Step> rotation(PlacedEvent placed, KeyRotated rotated) {
    LiveKey made =
        LiveKeyEdit.made(
            placed,
            rotated.newPublicApiKey(),
            rotated.label(),
            rotated.algorithm(),
            rotated.verificationKey(),
            rotated.rights(),
            rotated.expiresAt(),
            rotated.publicApiKey());
    Consumer<LiveKeyEdit> retirement =
        key -> {
          key.retiresAt = rotated.graceEndsAt();
          key.rotatedTo = rotated.newPublicApiKey();
        };
    Map<String, Step> both = new LinkedHashMap<>();
    both.put(rotated.publicApiKey(), before -> edited(placed, before, retirement));
    both.put(rotated.newPublicApiKey(), before -> made);
    return both;
  }

  private static Map<String, Step> gone(List<String> publicApiKeys) {
    Map<String, Step> all = new LinkedHashMap<>();
    publicApiKeys.forEach(key -> all.put(key, before -> null));
    return all;
  }

  private static @Nullable LiveKey edited(
      PlacedEvent placed, @Nullable LiveKey before, Consumer<LiveKeyEdit> change) {
    if (before == null) {
      return null;
    }
    LiveKeyEdit edit = new LiveKeyEdit(before);
    change.accept(edit);
    return edit.by(placed);
  }
}
