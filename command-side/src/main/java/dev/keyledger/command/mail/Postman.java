package dev.keyledger.command.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Hands one mail, as plain text and as HTML, to the SMTP server. */
class Postman {
  private static final int FIRST_PERMANENT = 500;

  /**
   * What a server says of a sender that it does not want or know, whatever it is asked (RFC 4954,
   * sections 4 and 6; RFC 3463, X.1.7, X.1.8 and X.7). Many say it of the first recipient only.
   */
  private static final Pattern ABOUT_SENDER =
      Pattern.compile("^53[0458]\\b|\\b5\\.(1\\.[78]|7\\.[0-9]+)\\b");

  private final JavaMailSender smtp;
  private final String from;

  /**
   * Sends in the name of somebody.
   *
   * @throws IllegalArgumentException if that is no address
   */
  Postman(JavaMailSender smtp, String from) {
    this.smtp = smtp;
    this.from = from;
    try {
      new InternetAddress(from, true).validate();
    } catch (AddressException e) {
      throw new IllegalArgumentException("keyledger.mail.from is not an e-mail address", e);
    }
  }

  /**
   * Returns when the server has taken the mail over.
   *
   * @throws MessagingException if it has not
   */
  void deliver(String address, MailText text) throws MessagingException {
    MimeMessage message = smtp.createMimeMessage();
    MimeMessageHelper mail =
        new MimeMessageHelper(
            message, MimeMessageHelper.MULTIPART_MODE_MIXED_RELATED, StandardCharsets.UTF_8.name());
    mail.setFrom(from);
    mail.setTo(address);
    mail.setSubject(text.subject());
    mail.setText(text.plain(), text.html());
    message.setHeader("Auto-Submitted", "auto-generated");
    try {
      smtp.send(message);
    } catch (MailSendException failed) {
      if (failed.getFailedMessages().isEmpty()) {
        return; // The server took it over; only saying good-bye failed.
      }
      throw failed.getFailedMessages().values().stream()
          .filter(MessagingException.class::isInstance)
          .map(MessagingException.class::cast)
          .findFirst()
          .orElseGet(() -> new MessagingException("The mail was not taken over."));
    } catch (MailException failed) {
      throw new MessagingException("The mail server is not to be had.", failed);
    }
  }

  /**
   * Whether no further attempt can help: the address is none, or the server said so of it or of the
   * mail with a permanent reply (RFC 5321 section 4.2.1, 5yz). What it says of the sender, or of a
   * connection without TLS or a password, is for the operator to mend, and mails wait for that.
   */
  boolean isForGood(MessagingException failure) {
    for (Exception cause = failure; cause != null; cause = next(cause)) {
      int code =
          switch (cause) {
            case Exception sender when isAboutSender(sender) -> 0;
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSendFailedException send when isAboutMail(send) -> send.getReturnCode();
            case AddressException malformed -> FIRST_PERMANENT;
            default -> 0;
          };
      if (code >= FIRST_PERMANENT) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAboutSender(Exception failure) {
    String reply = failure.getMessage();
    return reply != null && ABOUT_SENDER.matcher(reply).find();
  }

  private static boolean isAboutMail(SMTPSendFailedException failure) {
    String command = failure.getCommand();
    return command.startsWith("DATA") || command.startsWith("BDAT") || command.equals(".");
  }

  private static @org.jspecify.annotations.Nullable Exception next(Exception e) {
    return e instanceof MessagingException messaging ? messaging.getNextException() : null;
  }
}
