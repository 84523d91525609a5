package dev.keyledger.command.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.keyring.KeyRing;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AccountLocked;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.KeyExpiring;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import dev.keyledger.events.Operation;
import dev.keyledger.events.RateLimit;
import dev.keyledger.events.Rights;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of a snapshot is what it was when its revision was given. If this fails, raise the
 * revision of {@link KeyRing} and add the JSON under the new one: snapshots of the old shape are
 * passed over then, and are read as what they are not otherwise.
 */
class SnapshotShapeTest {
  private static final String ACCOUNT = "alice";
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");
  private static final Rights RIGHTS =
      new Rights(List.of("read", "trade"), List.of("10.0.0.1"), new RateLimit(5, 9));
  private static final List<KeyRingEvent> HISTORY =
      List.of(
          new TwoFactorEnrolmentStarted(ACCOUNT, AT, "en_1", "root-1"),
          new TwoFactorEnabled(ACCOUNT, AT, "en_1", 58_000_000),
          new KeyCreated(
              ACCOUNT,
              AT,
              "ch_1",
              "kl_pub_1",
              "Bot One 1",
              "ed25519",
              "verifies it",
              null,
              RIGHTS.permissions(),
              RIGHTS.trustedIps(),
              RIGHTS.rateLimit(),
              AT.plus(Duration.ofDays(6))),
          new KeyExpiring(ACCOUNT, AT, "kl_pub_1", "Bot One 1", AT.plus(Duration.ofDays(6))),
          new KeyRotated(
              ACCOUNT,
              AT,
              "ch_2",
              "kl_pub_1",
              "kl_pub_2",
              "Bot One 1",
              "hmac-sha256",
              null,
              "root-1",
              new Rights(List.of("read"), List.of()),
              null,
              AT.plus(Duration.ofHours(1))),
          new KeyDisabled(
              ACCOUNT, AT.plusSeconds(1), "kl_pub_2", "Bot One 1", "leak-reported", null),
          new ChallengeOpened(
              ACCOUNT,
              AT,
              "ch_3",
              new Operation.RotateKey("kl_pub_2", "Bot One 1", Duration.ofHours(1), null),
              List.of("email", "totp"),
              1,
              "root-1",
              5,
              AT.plusSeconds(600),
              AT.plusSeconds(60)),
          new CodeRejected(ACCOUNT, AT, "ch_3", 4, 1),
          new AccountLocked(ACCOUNT, AT, AT.plusSeconds(900)));

  private final JsonMapper json = new JsonMapper();
  private final EventSerializer serializer = new EventSerializer();

  @Test
  void isThatOfItsRevision() throws IOException {
    assertThat(shape(ring())).isEqualTo(golden());
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    SerializedObject<String> stored =
        new SimpleSerializedObject<>(
            golden().toString(), String.class, serializer.typeForClass(KeyRing.class));

    assertThat(shape(serializer.deserialize(stored))).isEqualTo(golden());
  }

  private JsonNode golden() throws IOException {
    String revision = requireNonNull(KeyRing.class.getAnnotation(Revision.class)).value();
    String name = "/golden/KeyRing.revision-%s.json".formatted(revision);
    try (InputStream golden = requireNonNull(getClass().getResourceAsStream(name), name)) {
      return json.readTree(golden);
    }
  }

  private JsonNode shape(Object ring) {
    return json.readTree(serializer.serialize(ring, String.class).getData());
  }

  private static KeyRing ring() {
    Configuration axon =
        DefaultConfigurer.defaultConfiguration(false)
            .configureEmbeddedEventStore(c -> new InMemoryEventStorageEngine())
            .configureAggregate(AggregateConfigurer.defaultConfiguration(KeyRing.class))
            .start();
    for (int position = 0; position < HISTORY.size(); position++) {
      axon.eventStore()
          .publish(
              new GenericDomainEventMessage<>("KeyRing", ACCOUNT, position, HISTORY.get(position)));
    }
    return new DefaultUnitOfWork<>(null)
        .executeWithResult(() -> axon.repository(KeyRing.class).load(ACCOUNT).invoke(root -> root))
        .getPayload();
  }
}
