package dev.keyledger.command.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** What application.yaml allows a mail server fits into the lease of a mail. */
class MailTimeoutsTest {
  /** EHLO, STARTTLS, EHLO, AUTH with a name and a password, MAIL, RCPT, DATA, and the mail. */
  private static final int COMMANDS = 10;

  @Test
  void aWholeConversationFitsIntoTheLease() throws IOException {
    Duration connect = millis("connectiontimeout");
    Duration read = millis("timeout");
    Duration exchange = millis("writetimeout").plus(read);

    assertThat(connect.plus(read).plus(exchange.multipliedBy(COMMANDS))).isLessThan(Mails.LEASE);
  }

  @Test
  void aMailThatWasTakenOverWaitsForNoGoodBye() throws IOException {
    assertThat(setting("quitwait")).isEqualTo(false);
  }

  private static Duration millis(String name) throws IOException {
    return Duration.ofMillis(((Number) setting(name)).longValue());
  }

  private static Object setting(String name) throws IOException {
    List<PropertySource<?>> sources =
        new YamlPropertySourceLoader()
            .load("application", new ClassPathResource("application.yaml"));
    return sources.stream()
        .map(source -> source.getProperty("spring.mail.properties.mail.smtp." + name))
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }
}
