package dev.keyledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.crypto.DerivedCodes;
import dev.keyledger.command.crypto.KeyFactory;
import dev.keyledger.command.crypto.RandomIdentifiers;
import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRing;
import dev.keyledger.command.keyring.KeyRingCommand;
import dev.keyledger.command.keyring.KeyRingCommand.VerifyCode;
import dev.keyledger.command.keyring.Outcome;
import dev.keyledger.command.keyring.Refusal;
import dev.keyledger.command.keyring.Rules;
import dev.keyledger.command.keyring.Rules.TwoFactorPolicy;
import dev.keyledger.command.keyring.Tools;
import dev.keyledger.command.relay.LiveKeyModel;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.Test;

/**
 * Random histories, the same ones each time: whatever is asked of a key ring, the invariants hold,
 * and the ring in the cache, the one restored from a snapshot and the one replayed from its events
 * are the same, and so is what is told of its keys. Codes and keys are the real ones.
 */
class RandomHistoriesTest {
  private static final String ACCOUNT = "alice";
  private static final int HISTORIES = 50;
  private static final int COMMANDS = 200;
  private static final int MAX_KEYS = 3;
  private static final Duration COOLDOWN = Duration.ofSeconds(60);
  private static final Duration LAPSE = Duration.ofHours(1);
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMillis(10),
          Duration.ofMillis(10),
          Duration.ofMillis(10),
          Duration.ofMillis(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(61),
          Duration.ofSeconds(61),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10),
          Duration.ofMinutes(16));

  private final EventSerializer serializer = new EventSerializer();
  private final Set<String> eventsSeen = new HashSet<>();
  private final Set<Object> refusalsSeen = new HashSet<>();
  private Instant now = Instant.EPOCH;

  @Test
  void invariantsHoldAndEveryWayToTheStateLeadsToTheSame() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      history(seed);
    }
    assertThat(eventsSeen).containsExactlyInAnyOrderElementsOf(EventTypes.all().keySet());
    assertThat(refusalsSeen)
        .contains(
            Refusal.Rule.LABEL_TAKEN,
            Refusal.Rule.KEY_LIMIT_REACHED,
            Refusal.Rule.CHALLENGE_CLOSED,
            Refusal.Rule.CHALLENGE_EXPIRED,
            Refusal.Rule.KEYS_EXIST,
            Refusal.Rule.KEY_RETIRING,
            Refusal.Rule.KEY_EXPIRED,
            Refusal.Rule.KEY_NOT_DISABLED,
            Refusal.Rule.INVALID_RATE_LIMIT,
            Refusal.Rule.INVALID_EXPIRY,
            Refusal.Rule.INVALID_GRACE,
            Refusal.Rule.TOTP_REQUIRED,
            Refusal.AccountLocked.class,
            Refusal.CodeCooldown.class);
  }

  private void history(int seed) {
    Random random = new Random(seed);
    now = Instant.parse("2026-01-01T00:00:00Z");
    RootKeys rootKeys =
        new RootKeys("a", Map.of("a", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
    Tools tools = tools(random, rootKeys, seed % 3 == 0);
    boolean cached = seed % 2 == 0;
    SnapshotCopies engine = new SnapshotCopies(serializer);
    InMemoryEventStorageEngine eventsOnly = new InMemoryEventStorageEngine();
    Configuration live = axon(tools, engine, cached);
    Configuration replayed = axon(tools, eventsOnly, false);
    RingModel model = new RingModel(MAX_KEYS, COOLDOWN, LAPSE);
    RandomCommands commands = new RandomCommands(ACCOUNT, random, model, tools.codes());
    LiveKeyModel liveKeys = new LiveKeyModel(ACCOUNT);
    Set<String> secrets = new HashSet<>();
    long position = 0;
    for (int i = 0; i < COMMANDS; i++) {
      now = now.plus(PAUSES.get(random.nextInt(PAUSES.size())));
      KeyRingCommand command = commands.next(now);
      String where = "seed %d, command %d: %s".formatted(seed, i, command);
      boolean right = command instanceof VerifyCode verify && commands.isRight(verify, now);

      Decision decision = live.commandGateway().sendAndWait(command);

      List<? extends DomainEventMessage<?>> appended =
          engine.readEvents(ACCOUNT, position).asStream().toList();
      checkOutcome(where, decision.outcome(), appended.size(), right);
      secretOf(decision.outcome(), secrets);
      for (DomainEventMessage<?> message : appended) {
        KeyRingEvent event = (KeyRingEvent) message.getPayload();
        eventsSeen.add(EventTypes.nameOf(event.getClass()));
        model.accept(event);
        liveKeys.accept(message.getSequenceNumber(), message.getSequenceNumber() + 1, event);
        secrets.add(commands.emailCode(model.issue).reveal());
        assertThat(json(event)).as(where).doesNotContain(secrets);
      }
      position += appended.size();
      assertThat(decision.position()).as(where).isEqualTo(position);
      eventsOnly.appendEvents(appended);
      if (position > 0) {
        assertThat(state(live)).as(where).isEqualTo(state(replayed));
        if (!cached && random.nextInt(10) == 0) {
          snapshot(engine, live, position);
          assertThat(state(live)).as(where).isEqualTo(state(replayed));
        }
      }
    }
  }

  private void checkOutcome(String where, Outcome outcome, int appended, boolean right) {
    switch (outcome) {
      case Outcome.NothingDue _ -> assertThat(appended).as(where).isZero();
      case Outcome.PersonForgotten _ -> assertThat(appended).as(where).isLessThanOrEqualTo(2);
      case Outcome.KeyStopped _ -> assertThat(appended).as(where).isLessThanOrEqualTo(2);
      case Outcome.Refused(Refusal refusal) -> checkRefusal(where, refusal, appended, right);
      default -> assertThat(appended).as(where).isPositive();
    }
  }

  private void checkRefusal(String where, Refusal refusal, int appended, boolean right) {
    refusalsSeen.add(refusal instanceof Refusal.Rule ? refusal : refusal.getClass());
    if (refusal instanceof Refusal.WrongCode) {
      assertThat(appended).as(where).isPositive();
      assertThat(right).as(where).isFalse();
    } else {
      // Right codes are refused only where what they confirm is no longer possible.
      assertThat(appended).as(where).isEqualTo(right ? 1 : 0);
      if (right) {
        assertThat(refusal)
            .as(where)
            .isIn(Refusal.Rule.INVALID_EXPIRY, Refusal.Rule.KEY_EXPIRED, Refusal.Rule.UNKNOWN_KEY);
      }
    }
  }

  private static void secretOf(Outcome outcome, Set<String> secrets) {
    if (outcome instanceof Outcome.EnrolmentStarted(SecretText secret)) {
      secrets.add(secret.reveal());
    }
    SecretText secret =
        switch (outcome) {
          case Outcome.KeyMade made -> made.secret();
          case Outcome.KeyReplaced replaced -> replaced.secret();
          default -> null;
        };
    if (secret != null) {
      secret.reveal().lines().filter(line -> !line.startsWith("---")).forEach(secrets::add);
    }
  }

  private void snapshot(EventStorageEngine engine, Configuration live, long position) {
    KeyRing ring =
        new DefaultUnitOfWork<>(null)
            .executeWithResult(
                () -> live.repository(KeyRing.class).load(ACCOUNT).invoke(root -> root))
            .getPayload();
    engine.storeSnapshot(
        new GenericDomainEventMessage<>("KeyRing", ACCOUNT, position - 1, copy(ring)));
  }

  private KeyRing copy(KeyRing ring) {
    return serializer.deserialize(serializer.serialize(ring, String.class));
  }

  private String state(Configuration axon) {
    DefaultUnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
    try {
      return axon.repository(KeyRing.class).load(ACCOUNT).invoke(this::json);
    } finally {
      work.commit();
    }
  }

  private String json(Object object) {
    return serializer.serialize(object, String.class).getData();
  }

  private Tools tools(Random random, RootKeys rootKeys, boolean ifEnrolled) {
    SecureRandom known =
        new SecureRandom() {
          @Override
          public void nextBytes(byte[] bytes) {
            random.nextBytes(bytes);
          }
        };
    Rules rules =
        new Rules(
            ifEnrolled ? TwoFactorPolicy.IF_ENROLLED : TwoFactorPolicy.REQUIRED,
            false,
            MAX_KEYS,
            LAPSE,
            Duration.ofMinutes(10),
            COOLDOWN,
            3,
            4,
            Duration.ofMinutes(15));
    return new Tools(
        rules,
        () -> now,
        new RandomIdentifiers(known, rootKeys),
        new DerivedCodes(rootKeys, 8),
        new KeyFactory(known, rootKeys));
  }

  private static Configuration axon(Tools tools, EventStorageEngine engine, boolean cached) {
    AggregateConfigurer<KeyRing> rings =
        AggregateConfigurer.defaultConfiguration(KeyRing.class)
            .configureCreationPolicyAggregateFactory(
                c -> id -> new KeyRing(Objects.requireNonNull(id).toString()));
    if (cached) {
      rings.configureCache(c -> new RingCache(10));
    }
    return DefaultConfigurer.defaultConfiguration(false)
        .registerComponent(Tools.class, c -> tools)
        .configureEmbeddedEventStore(c -> engine)
        .configureAggregate(rings)
        .start();
  }
}
