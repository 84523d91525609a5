package dev.keyledger.command.store;

import dev.keyledger.command.keyring.KeyRing;
import dev.keyledger.command.keyring.Tools;
import dev.keyledger.events.KeyRingEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Objects;
import java.util.function.Consumer;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/** Real key rings over an event store that forgets: all of the rules, no database. */
public final class InMemoryKeyRings {
  private InMemoryKeyRings() {}

  public static KeyRings create(Tools tools) {
    return create(tools, event -> {}, new SimpleMeterRegistry());
  }

  /**
   * The same, with something that follows.
   *
   * @param follower is told every event in the command's own thread
   * @param meters count the commands
   */
  public static KeyRings create(
      Tools tools, Consumer<KeyRingEvent> follower, MeterRegistry meters) {
    EventStorageEngine engine = new InMemoryEventStorageEngine();
    Configuration axon =
        DefaultConfigurer.defaultConfiguration(false)
            .registerComponent(Tools.class, c -> tools)
            .configureEventStore(c -> EmbeddedEventStore.builder().storageEngine(engine).build())
            .configureAggregate(
                AggregateConfigurer.defaultConfiguration(KeyRing.class)
                    .configureCreationPolicyAggregateFactory(c ->
                        accountId -> new KeyRing(Objects.requireNonNull(accountId).toString())))
            .start();
    axon.eventStore()
        .subscribe(messages ->
            messages.forEach(message -> follower.accept((KeyRingEvent) message.getPayload())));
    return new KeyRings(axon.commandGateway(), engine, new RingCache(0), new CommandMeter(meters));
  }
}
