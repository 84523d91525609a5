package dev.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LocalMailTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void showsMailsNewestFirst() throws Exception {
    try (LocalMail mail = LocalMail.start(0)) {
      send(mail, "alice@example.com", "one");
      send(mail, "bob@example.com", "other");
      send(mail, "Alice@Example.com", "two");
      assertThat(mail.box().await("alice@example.com", m -> m.text().contains("two"), PATIENCE))
          .isPresent();
      assertThat(mail.box().to("ALICE@example.com"))
          .extracting(m -> m.text().strip())
          .containsExactly("two", "one");
      assertThat(mail.box().to("nobody@example.com")).isEmpty();
    }
  }

  @Test
  void readsThePlainTextOfAMailThatAlsoHasHtml() throws Exception {
    try (LocalMail mail = LocalMail.start(0)) {
      MimeBodyPart plain = new MimeBodyPart();
      plain.setText("Grüße, 12345678", "UTF-8");
      MimeBodyPart html = new MimeBodyPart();
      html.setContent("<p>12345678</p>", "text/html; charset=utf-8");
      MimeMessage message = message(mail);
      message.setSubject("Your code – Keyledger", "UTF-8");
      message.setRecipients(Message.RecipientType.TO, "carol@example.com");
      message.setContent(new MimeMultipart("alternative", plain, html));
      Transport.send(message);
      Mail got = mail.box().await("carol@example.com", m -> true, PATIENCE).orElseThrow();
      assertThat(got.text()).isEqualTo("Grüße, 12345678");
      assertThat(got.subject()).isEqualTo("Your code – Keyledger");
    }
  }

  @Test
  void forgetsTheOldestWhenFull() {
    MailBox box = new MailBox(2);
    for (String text : new String[] {"1", "2", "3"}) {
      box.add(new Mail("a@example.com", "", text, java.time.Instant.EPOCH));
    }
    assertThat(box.to("a@example.com")).extracting(Mail::text).containsExactly("3", "2");
    assertThat(box.newest(9)).hasSize(2);
  }

  private static void send(LocalMail mail, String to, String text) {
    ServerSetup server = new ServerSetup(mail.port(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    GreenMailUtil.sendTextEmail(to, "keyledger@example.com", "subject", text, server);
  }

  private static MimeMessage message(LocalMail mail) throws Exception {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", Integer.toString(mail.port()));
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom(new InternetAddress("keyledger@example.com"));
    return message;
  }
}
