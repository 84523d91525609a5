package dev.keyledger.command.mail;

import dev.keyledger.crypto.SecretText;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Operation;
import dev.keyledger.events.RateLimit;
import dev.keyledger.events.Rights;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in words what a code confirms and what has happened. */
final class MailWriter {
  private static final String NOT_YOU =
      "If it was not you: delete all API keys at once, change your password, end all other sessions"
          + " and write to our support.";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final String service;

  MailWriter(String service) {
    this.service = service;
  }

  MailText code(SecretText code, Operation operation, List<String> factors, Instant expiresAt) {
    String how =
        factors.contains("totp")
            ? "Enter it together with the code that your authenticator app shows"
            : "Enter it";
    return new MailText(
        service + ": your code to " + shortly(operation),
        code.reveal(),
        List.of(
            "This code from "
                + service
                + " confirms one thing and nothing else: "
                + fully(operation)
                + ".",
            how + ", before " + TIME.format(expiresAt) + ". It works once.",
            "If it was not you who asked for this: do nothing with the code and give it to nobody;"
                + " without it nothing changes. Somebody may be signed in to your account, so"
                + " change your password and end all other sessions, or write to our support."));
  }

  MailText twoFactorEnabled(Instant at) {
    return notice("Two-factor authentication was switched on", "", at);
  }

  MailText twoFactorDisabled(Instant at) {
    return notice("Two-factor authentication was switched off", "", at);
  }

  MailText locked(KeyRingEvent.AccountLocked event) {
    return notice(
        "Codes were locked after too many wrong ones",
        " No code is accepted before " + TIME.format(event.until()) + ".",
        event.occurredAt());
  }

  MailText created(KeyRingEvent.KeyCreated event) {
    return notice(
        "The API key \"" + event.label() + "\" was created",
        " It may "
            + rights(new Rights(event.permissions(), event.trustedIps(), event.rateLimit()))
            + until(event.expiresAt())
            + ".",
        event.occurredAt());
  }

  /**
   * @param expiry what was changed with it; null if the expiry stayed as it was
   */
  MailText edited(
      KeyRingEvent.PermissionsEdited event, KeyRingEvent.@Nullable ExpiryChanged expiry) {
    return notice(
        "The rights of the API key \"" + event.label() + "\" were changed",
        " Before, it could "
            + rights(event.before())
            + "; now it may "
            + rights(event.after())
            + "."
            + (expiry == null ? "" : " It works " + untilOrEver(expiry.after()) + "."),
        event.occurredAt());
  }

  MailText disabled(KeyRingEvent.KeyDisabled event) {
    String what = "The API key \"" + event.label() + "\" was disabled";
    return switch (event.reason()) {
      case "leak-reported" ->
          notice(
              what,
              " Somebody who holds its secret reported that it leaked.",
              event.occurredAt(),
              "Do not enable it again: put a new key in its place or delete it, and look at what"
                  + " was done with it. If you reported it yourself, this is the confirmation.");
      case "support-reset" ->
          notice(
              what,
              " Our support did so when it switched two-factor authentication off.",
              event.occurredAt());
      default -> notice(what, " It works again once you enable it.", event.occurredAt());
    };
  }

  MailText enabled(KeyRingEvent.KeyEnabled event) {
    return notice("The API key \"" + event.label() + "\" was enabled", "", event.occurredAt());
  }

  MailText rotated(KeyRingEvent.KeyRotated event) {
    boolean atOnce = !event.graceEndsAt().isAfter(event.occurredAt());
    return notice(
        "The API key \"" + event.label() + "\" was replaced by a new one",
        atOnce
            ? " The old one no longer works."
            : " The old one works until " + TIME.format(event.graceEndsAt()) + ".",
        event.occurredAt());
  }

  MailText graceEnded(KeyRingEvent.KeyDeleted event) {
    return notice(
        "The old key of \"" + event.label() + "\" was deleted",
        " It had been replaced by a new one, and its grace was over.",
        event.occurredAt(),
        "If something of yours stopped working, it still uses the old key.");
  }

  MailText expiring(KeyRingEvent.KeyExpiring event) {
    return new MailText(
        service + ": The API key \"" + event.label() + "\" will expire soon",
        "",
        List.of(
            "The API key \""
                + event.label()
                + "\" in your account at "
                + service
                + " works until "
                + TIME.format(event.expiresAt())
                + ".",
            "If you need it for longer, change its expiry or put a new key in its place; otherwise"
                + " there is nothing to do."));
  }

  MailText expired(KeyRingEvent.KeyExpired event) {
    return notice(
        "The API key \"" + event.label() + "\" has expired",
        "",
        event.expiresAt(),
        "It no longer works. If you still need it, change its expiry; if not, delete it.");
  }

  MailText lapsed(KeyRingEvent.PermissionsLapsed event) {
    return notice(
        "The rights of the API key \"" + event.label() + "\" lapsed",
        " It could "
            + rights(event.before())
            + ", and was left so for too long; now it may "
            + rights(event.after())
            + ".",
        event.occurredAt(),
        "To give it back what it had, change its permissions; limit it to the IP addresses that you"
            + " use, and they will not lapse again.");
  }

  MailText twoFactorReset(KeyRingEvent.TwoFactorReset event) {
    return notice(
        "Two-factor authentication was switched off by our support",
        " All API keys were disabled. Set two-factor authentication up anew; then you can enable"
            + " them again.",
        event.occurredAt(),
        "If you did not ask our support for this: write to it at once, change your password and end"
            + " all other sessions.");
  }

  MailText deleted(KeyRingEvent.KeyDeleted event) {
    return notice("The API key \"" + event.label() + "\" was deleted", "", event.occurredAt());
  }

  MailText allDeleted(KeyRingEvent.AllKeysDeleted event) {
    int count = event.publicApiKeys().size();
    return notice(
        "All API keys were deleted",
        " There " + (count == 1 ? "was 1 key" : "were " + count + " keys") + ".",
        event.occurredAt());
  }

  private MailText notice(String what, String more, Instant at) {
    return notice(what, more, at, NOT_YOU);
  }

  private MailText notice(String what, String more, Instant at, String whatToDo) {
    return new MailText(
        service + ": " + what,
        "",
        List.of(
            what + " in your account at " + service + ", on " + TIME.format(at) + "." + more,
            whatToDo));
  }

  private static String shortly(Operation operation) {
    return switch (operation) {
      case Operation.CreateKey create -> "create the API key \"" + create.label() + "\"";
      case Operation.EditPermissions edit -> "change the API key \"" + edit.label() + "\"";
      case Operation.EnableKey enable -> "enable the API key \"" + enable.label() + "\" again";
      case Operation.RotateKey rotate ->
          "replace the API key \"" + rotate.label() + "\" by a new one";
      case Operation.DeleteKey delete -> "delete the API key \"" + delete.label() + "\"";
      case Operation.DeleteAll all -> "delete all API keys";
      case Operation.DisableTwoFactor off -> "switch two-factor authentication off";
    };
  }

  private static String fully(Operation operation) {
    return switch (operation) {
      case Operation.CreateKey create ->
          shortly(create)
              + ", which may "
              + rights(new Rights(create.permissions(), create.trustedIps(), create.rateLimit()))
              + until(create.expiresAt());
      case Operation.EditPermissions edit ->
          shortly(edit)
              + ", so that it may "
              + rights(new Rights(edit.permissions(), edit.trustedIps(), edit.rateLimit()))
              + until(edit.expiresAt());
      case Operation.EnableKey enable -> shortly(enable);
      case Operation.RotateKey rotate ->
          shortly(rotate)
              + " with the same rights; the old one "
              + (rotate.grace().isZero()
                  ? "stops working at once"
                  : "goes on working for " + words(rotate.grace()));
      case Operation.DeleteKey delete -> shortly(delete);
      case Operation.DeleteAll all -> shortly(all);
      case Operation.DisableTwoFactor off -> shortly(off);
    };
  }

  private static String until(@Nullable Instant end) {
    return end == null ? "" : ", until " + TIME.format(end);
  }

  private static String untilOrEver(@Nullable Instant end) {
    return end == null ? "without an end" : "until " + TIME.format(end);
  }

  private static String rights(Rights rights) {
    RateLimit limit = rights.rateLimit();
    return String.join(", ", rights.permissions())
        + " from "
        + (rights.trustedIps().isEmpty()
            ? "every IP address"
            : String.join(", ", rights.trustedIps()))
        + (limit == null
            ? ""
            : ", at most "
                + limit.perSecond()
                + " times per second, "
                + limit.burst()
                + " at once");
  }

  /** A duration in days, hours, minutes and seconds, as far as there are any. */
  private static String words(Duration duration) {
    return Stream.of(
            count(duration.toDaysPart(), "day"),
            count(duration.toHoursPart(), "hour"),
            count(duration.toMinutesPart(), "minute"),
            count(duration.toSecondsPart(), "second"))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String count(long number, String unit) {
    return number == 0 ? "" : number + " " + unit + (number == 1 ? "" : "s");
  }
}
