package dev.keyledger.command.mail;

import dev.keyledger.command.keyring.SecretText;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Operation;
import dev.keyledger.events.Rights;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Says in words what a code confirms and what has happened. */
final class MailWriter {
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
        " It may " + rights(event.permissions(), event.trustedIps()) + ".",
        event.occurredAt());
  }

  MailText edited(KeyRingEvent.PermissionsEdited event) {
    return notice(
        "The rights of the API key \"" + event.label() + "\" were changed",
        " Before, it could "
            + rights(event.before())
            + "; now it may "
            + rights(event.after())
            + ".",
        event.occurredAt());
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
    return new MailText(
        service + ": " + what,
        "",
        List.of(
            what + " in your account at " + service + ", on " + TIME.format(at) + "." + more,
            "If it was not you: delete all API keys at once, change your password, end all other"
                + " sessions and write to our support."));
  }

  private static String shortly(Operation operation) {
    return switch (operation) {
      case Operation.CreateKey create -> "create the API key \"" + create.label() + "\"";
      case Operation.EditPermissions edit -> "change the API key \"" + edit.label() + "\"";
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
              + rights(create.permissions(), create.trustedIps())
              + (create.expiresAt() == null ? "" : ", until " + TIME.format(create.expiresAt()));
      case Operation.EditPermissions edit ->
          shortly(edit) + ", so that it may " + rights(edit.permissions(), edit.trustedIps());
      case Operation.DeleteKey delete -> shortly(delete);
      case Operation.DeleteAll all -> shortly(all);
      case Operation.DisableTwoFactor off -> shortly(off);
    };
  }

  private static String rights(Rights rights) {
    return rights(rights.permissions(), rights.trustedIps());
  }

  private static String rights(List<String> permissions, List<String> trustedIps) {
    return String.join(", ", permissions)
        + " from "
        + (trustedIps.isEmpty() ? "every IP address" : String.join(", ", trustedIps));
  }
}
