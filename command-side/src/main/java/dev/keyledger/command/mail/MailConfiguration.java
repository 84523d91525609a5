package dev.keyledger.command.mail;

import dev.keyledger.command.Follower;
import dev.keyledger.command.InTransaction;
import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.command.keyring.Tools;
import dev.keyledger.events.KeyRingEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;

/** Puts the mail's parts together. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {
  /** On a busy node a mail may leave so much later; most events call for none. */
  private static final Duration GATHERING = Duration.ofMillis(100);

  @Bean
  Mails mails(
      JdbcClient jdbc, InstantSource clock, KeyledgerSettings settings, MeterRegistry meters) {
    Mails mails = new JdbcMails(jdbc, clock, settings.nodeId());
    Gauge.builder("keyledger.mails.pending", mails::pending)
        .description("Mails that wait to be sent")
        .register(meters);
    return mails;
  }

  @Bean
  Contacts contacts(JdbcClient jdbc, InstantSource clock) {
    return new JdbcContacts(jdbc, clock);
  }

  /** The address goes with the event that says so, or neither does. */
  @Bean
  InTransaction eraser(Contacts contacts, Mails mails) {
    return new InTransaction(new Eraser(contacts, mails)::on);
  }

  @Bean
  Follower mailScheduler(Mails mails, MailCourier courier) {
    return new Follower("mail", new MailScheduler(mails, courier), 256, GATHERING);
  }

  /** The event store comes as a provider, since Axon, which makes it, needs the scheduler first. */
  @Bean
  MailCourier mailCourier(
      Mails mails,
      ObjectProvider<EventStore> events,
      Contacts contacts,
      Tools tools,
      JavaMailSender smtp,
      KeyledgerSettings settings,
      InstantSource clock,
      MeterRegistry meters) {
    return new MailCourier(
        mails,
        (accountId, position) -> history(events.getObject(), accountId, position),
        contacts,
        new MailComposer(
            new MailWriter(settings.serviceName()),
            tools.codes(),
            settings.mail().keepTryingNoticesFor()),
        new Postman(smtp, settings.mail().from()),
        settings.mail(),
        clock,
        meters);
  }

  private static List<KeyRingEvent> history(EventStore events, String accountId, long position) {
    return events
        .readEvents(accountId, position - 1)
        .asStream()
        .<DomainEventMessage<?>>map(event -> event)
        .map(Message::getPayload)
        .map(KeyRingEvent.class::cast)
        .toList();
  }
}
