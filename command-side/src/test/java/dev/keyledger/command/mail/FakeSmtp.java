package dev.keyledger.command.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.mail.MailSendException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;

/** A mail server that takes everything over, except what it was told to refuse. */
final class FakeSmtp implements JavaMailSender {
  private final Queue<String> taken = new ConcurrentLinkedQueue<>();
  private final Queue<String> tried = new ConcurrentLinkedQueue<>();
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

  /** What happens when a mail comes for an address. */
  interface Refusal {
    void happen() throws Exception;
  }

  void refuse(String address, Refusal refusal) {
    refusals.put(address, refusal);
  }

  void accept(String address) {
    refusals.remove(address);
  }

  /** Addresses that mails were taken over for, in order. */
  Queue<String> taken() {
    return taken;
  }

  /** Addresses that mails were tried for, in order. */
  Queue<String> tried() {
    return tried;
  }

  @Override
  public MimeMessage createMimeMessage() {
    return new MimeMessage((Session) null);
  }

  @Override
  public void send(MimeMessage... messages) {
    for (MimeMessage message : messages) {
      try {
        String address = message.getAllRecipients()[0].toString();
        tried.add(address);
        refusals.getOrDefault(address, () -> {}).happen();
        taken.add(address);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new MailSendException(Map.of(message, e));
      }
    }
  }

  @Override
  public MimeMessage createMimeMessage(InputStream content) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void send(SimpleMailMessage... messages) {
    throw new UnsupportedOperationException();
  }

  static MessagingException temporary() {
    return new MessagingException("451 try again later");
  }
}
