package dev.keyledger.command.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.Holder;
import dev.keyledger.command.SharedNode;
import dev.keyledger.command.TestNode;
import dev.keyledger.command.keyring.Challenge;
import dev.keyledger.command.keyring.KeyRingCommand.SendCode;
import dev.keyledger.local.Mail;
import dev.keyledger.local.MailBox;
import dev.keyledger.testkit.TestPlatform;
import java.time.Duration;
import java.util.List;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** From a command to the mail box, over SMTP. */
@ExtendWith({SharedNode.class, OutputCaptureExtension.class})
class MailIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final MailBox MAIL_BOX = TestPlatform.get().mailBox();

  private final TestNode node;

  MailIT(TestNode node) {
    this.node = node;
  }

  @Test
  void theCodeInTheMailIsTheOneThatConfirms(CapturedOutput log) throws Exception {
    Holder holder = node.holder();
    Challenge challenge = holder.open("Bot1x");
    String code = holder.emailCode(challenge).reveal();

    Mail mail = MAIL_BOX.await(holder.email(), m -> m.text().contains(code), SOON).orElseThrow();

    assertThat(mail.subject()).isEqualTo("Keyledger: your code to create the API key \"Bot1x\"");
    assertThat(mail.text()).startsWith("Your code: " + code);
    holder.send(holder.codes(challenge));
    assertThat(MAIL_BOX.await(holder.email(), m -> m.subject().contains("was created"), SOON))
        .isPresent();
    assertThat(log).doesNotContain(code).doesNotContain("@example.com");
  }

  @Test
  void eachIssueIsSentOnce() throws Exception {
    Holder holder = node.holder();
    Challenge first = holder.open("Bot1x");
    String firstCode = holder.emailCode(first).reveal();
    assertThat(MAIL_BOX.await(holder.email(), m -> m.text().contains(firstCode), SOON)).isPresent();

    Challenge second =
        Holder.challenge(holder.send(new SendCode(holder.accountId(), first.challengeId())));
    String secondCode = holder.emailCode(second).reveal();
    assertThat(MAIL_BOX.await(holder.email(), m -> m.text().contains(secondCode), SOON))
        .isPresent();

    assertThat(MAIL_BOX.to(holder.email()))
        .extracting(mail -> mail.text().contains(firstCode) ? 1 : 2)
        .containsExactly(2, 1);
  }

  @Test
  void aReplaySendsNothingAgain() {
    Holder holder = node.holder();
    holder.make("Bot1x");
    await().atMost(SOON).until(() -> endedMails(holder) == 2);
    List<Mail> before = MAIL_BOX.to(holder.email());

    TrackingEventProcessor processor =
        node.get(Configuration.class)
            .eventProcessingConfiguration()
            .eventProcessor("mail", TrackingEventProcessor.class)
            .orElseThrow();
    processor.shutDown();
    processor.resetTokens();
    processor.start();
    // What comes after the replay was sent after all that the replay might have sent.
    Holder later = node.holder();
    later.make("Bot1x");

    await().atMost(SOON).until(() -> endedMails(later) == 2);
    assertThat(MAIL_BOX.to(holder.email())).isEqualTo(before).isNotEmpty();
  }

  private long endedMails(Holder holder) {
    return node.jdbc()
        .sql("SELECT COUNT(*) FROM mail WHERE state <> 'pending' AND account_id = ?")
        .param(holder.accountId())
        .query(Long.class)
        .single();
  }
}
