package dev.keyledger.command.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class PostmanTest {
  @Test
  void theSenderIsAnAddress() {
    assertThatThrownBy(() -> new Postman(new JavaMailSenderImpl(), "not an address"))
        .hasMessage("keyledger.mail.from is not an e-mail address");
    assertThatCode(() -> new Postman(new JavaMailSenderImpl(), "Keys <keys@exchange.example>"))
        .doesNotThrowAnyException();
  }

  @Test
  void aMailHasAPlainTextPartAndAnHtmlPart() throws Exception {
    GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    server.start();
    try {
      JavaMailSenderImpl smtp = new JavaMailSenderImpl();
      smtp.setHost(server.getSmtp().getBindTo());
      smtp.setPort(server.getSmtp().getPort());

      new Postman(smtp, "no-reply@keyledger.invalid")
          .deliver("alice@example.com", new MailText("Déjà vu", "01234567", List.of("Ça va?")));

      MimeMessage received = server.getReceivedMessages()[0];
      assertThat(received.getSubject()).isEqualTo("Déjà vu");
      assertThat(received.getFrom()[0]).hasToString("no-reply@keyledger.invalid");
      assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(contents(received, "text/plain"))
          .singleElement()
          .asString()
          .contains("01234567", "Ça va?");
      assertThat(contents(received, "text/html"))
          .singleElement()
          .asString()
          .contains(">01234567<", "<p>");
    } finally {
      server.stop();
    }
  }

  @Test
  void aMailThatTheServerTookOverIsDeliveredEvenIfItHangsUpThen() {
    JavaMailSenderImpl smtp =
        new JavaMailSenderImpl() {
          @Override
          public void send(MimeMessage message) {
            throw new MailSendException("after message sending", new MessagingException("reset"));
          }
        };
    Postman postman = new Postman(smtp, "no-reply@keyledger.invalid");

    assertThatCode(() ->
            postman.deliver("alice@example.com", new MailText("Notice", "", List.of("Hello"))))
        .doesNotThrowAnyException();
  }

  private static List<Object> contents(Part part, String type) throws Exception {
    List<Object> found = new ArrayList<>();
    if (part.isMimeType(type)) {
      found.add(part.getContent());
    } else if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart inner = parts.getBodyPart(i);
        found.addAll(contents(inner, type));
      }
    }
    return found;
  }
}
