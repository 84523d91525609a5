package dev.keyledger.command.store;

import dev.keyledger.command.Follower;
import dev.keyledger.command.InTransaction;
import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRing;
import dev.keyledger.command.keyring.KeyRingCommand;
import dev.keyledger.command.keyring.Outcome.ChallengeWaits;
import dev.keyledger.command.keyring.Outcome.TwoFactorConfirmed;
import dev.keyledger.command.keyring.Tools;
import dev.keyledger.command.mail.Contacts;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.snapshotting.RevisionSnapshotFilter;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The one place where Axon is set up: event store, key rings, and what follows the events. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class StoreConfiguration {
  static {
    // Axon would ask its makers for updates; nothing of ours calls anywhere that is not configured.
    System.setProperty("axoniq.update-checker.disabled", "true");
    System.setProperty("disable-axoniq-console-message", "true");
  }

  /** A node that says nothing for so long has lost its segments to the others. */
  private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);

  /**
   * How long a gap in the global index is waited for, from the decision of the event behind it.
   * That event may have waited for the commit of others before it took its number. PostgreSQL ends
   * a silent transaction sooner (see application.yaml), so that no event that commits late is ever
   * passed over.
   */
  private static final Duration GAP_TIMEOUT = Duration.ofMinutes(3);

  /**
   * How many numbers a gap may lie behind, whatever its age. Each one is a parameter of a query,
   * and the protocol takes 65,535 of them.
   */
  private static final int FURTHEST_GAP = 60_000;

  /** A group that fails leaves up to as many gaps as it has events; some such are no matter. */
  private static final int MANY_GAPS = 1_000;

  private static final EventSchema EVENTS =
      EventSchema.builder()
          .eventTable("domain_event")
          .snapshotTable("snapshot")
          .globalIndexColumn("global_index")
          .timestampColumn("timestamp")
          .eventIdentifierColumn("event_identifier")
          .aggregateIdentifierColumn("aggregate_identifier")
          .sequenceNumberColumn("sequence_number")
          .typeColumn("type")
          .payloadTypeColumn("payload_type")
          .payloadRevisionColumn("payload_revision")
          .payloadColumn("payload")
          .metaDataColumn("meta_data")
          .build();

  private static final TokenSchema TOKENS =
      TokenSchema.builder()
          .setTokenTable("processor_token")
          .setProcessorNameColumn("processor_name")
          .setSegmentColumn("segment")
          .setTokenColumn("token")
          .setTokenTypeColumn("token_type")
          .setTimestampColumn("timestamp")
          .setOwnerColumn("owner")
          .build();

  @Bean
  Cache ringCache(KeyledgerSettings settings) {
    return new RingCache(settings.store().cachedRings());
  }

  @Bean
  Serializer eventSerializer() {
    return new EventSerializer();
  }

  @Bean
  Configuration axon(
      KeyledgerSettings settings,
      DataSource dataSource,
      PlatformTransactionManager transactions,
      Serializer serializer,
      Cache cache,
      Tools tools,
      Contacts contacts,
      List<Follower> followers,
      List<InTransaction> inTransaction,
      MeterRegistry meters) {
    ConnectionProvider connections = new SpringDataSourceConnectionProvider(dataSource);
    ConnectionProvider ofTheUnitOfWork = new UnitOfWorkAwareConnectionProviderWrapper(connections);
    Configurer configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .registerComponent(Tools.class, c -> tools)
            .registerComponent(
                EventStorageEngine.class,
                c ->
                    new GroupingStorageEngine(
                        storage(
                            c.serializer(),
                            connections,
                            new ReadsWithoutTransaction(c.getComponent(TransactionManager.class))),
                        transactions,
                        new JdbcTemplate(dataSource),
                        inTransaction,
                        meters))
            .configureSerializer(c -> serializer)
            .configureTransactionManager(c -> new SpringTransactionManager(transactions))
            .configureCommandBus(c -> SimpleCommandBus.builder().build())
            // Nobody asks which message an event came of, and it would be in every row.
            .configureCorrelationDataProviders(c -> List.of())
            .configureEventStore(c ->
                new FollowedEventStore(
                    (GatheringStorageEngine) c.getComponent(EventStorageEngine.class)))
            .configureAggregate(keyRings(settings, cache));
    configurer.registerComponent(
        org.axonframework.eventhandling.tokenstore.TokenStore.class,
        c ->
            JdbcTokenStore.builder()
                .connectionProvider(ofTheUnitOfWork)
                .serializer(c.serializer())
                .schema(TOKENS)
                .contentType(byte[].class)
                .claimTimeout(CLAIM_TIMEOUT)
                .nodeId(settings.nodeId())
                .build());
    configurer.eventProcessing(processing -> {
      processing
          .registerDefaultListenerInvocationErrorHandler(c -> PropagatingErrorHandler.instance())
          .registerDefaultErrorHandler(c -> PropagatingErrorHandler.instance());
      followers.forEach(follower ->
          processing
              .registerEventHandler(c -> follower.handler())
              .assignHandlerInstancesMatching(follower.name(), follower.handler()::equals)
              .registerEventProcessor(
                  follower.name(), (name, c, invoker) -> processor(follower, c, invoker)));
    });
    Configuration configuration = configurer.buildConfiguration();
    configuration
        .commandBus()
        .registerHandlerInterceptor((work, chain) -> rememberContact(work, chain, contacts));
    return configuration;
  }

  @Bean
  EventStore eventStore(Configuration axon) {
    return axon.eventStore();
  }

  @Bean
  KeyRings keyRings(Configuration axon, Cache cache, MeterRegistry meters) {
    return new KeyRings(
        axon.commandGateway(),
        axon.getComponent(EventStorageEngine.class),
        cache,
        new CommandMeter(meters));
  }

  @Bean
  FollowerMetrics followerMetrics(
      List<Follower> followers, Configuration axon, JdbcClient jdbc, MeterRegistry meters) {
    return new FollowerMetrics(followers, axon, jdbc, meters);
  }

  /** Axon starts before the web server takes requests and stops after it has answered the last. */
  @Bean
  SmartLifecycle axonLifecycle(Configuration axon) {
    return new SmartLifecycle() {
      private volatile boolean running;

      @Override
      public void start() {
        axon.start();
        running = true;
      }

      @Override
      public void stop() {
        axon.shutdown();
        running = false;
      }

      @Override
      public boolean isRunning() {
        return running;
      }

      @Override
      public int getPhase() {
        return 0;
      }
    };
  }

  static JdbcEventStorageEngine.Builder storage(
      Serializer serializer, ConnectionProvider connections, TransactionManager transactions) {
    return JdbcEventStorageEngine.builder()
        .eventSerializer(serializer)
        .snapshotSerializer(serializer)
        .snapshotFilter(presentRevision())
        .connectionProvider(connections)
        .transactionManager(transactions)
        .persistenceExceptionResolver(StoreConfiguration::isAlreadyTaken)
        .schema(EVENTS)
        .dataType(byte[].class)
        .batchSize(500)
        .gapTimeout(Math.toIntExact(GAP_TIMEOUT.toMillis()))
        .maxGapOffset(FURTHEST_GAP)
        .gapCleaningThreshold(MANY_GAPS);
  }

  /** A snapshot of another revision is passed over, and the ring is read from its events. */
  private static SnapshotFilter presentRevision() {
    return RevisionSnapshotFilter.builder()
        .type(KeyRing.class.getSimpleName())
        .revision(Objects.requireNonNull(KeyRing.class.getAnnotation(Revision.class)).value())
        .build();
  }

  private static AggregateConfigurer<KeyRing> keyRings(KeyledgerSettings settings, Cache cache) {
    return AggregateConfigurer.defaultConfiguration(KeyRing.class)
        .configureCreationPolicyAggregateFactory(
            c -> accountId -> new KeyRing(Objects.requireNonNull(accountId).toString()))
        .configureCommandTargetResolver(c -> StoreConfiguration::ringOf)
        .configureCache(c -> cache)
        .configureSnapshotTrigger(c ->
            new RingSnapshots(
                c::eventStore,
                () -> c.getComponent(TransactionManager.class),
                settings.store().snapshotEvery()));
  }

  /** Axon's own way looks for its annotation on every member of every command. */
  private static VersionedAggregateIdentifier ringOf(CommandMessage<?> message) {
    Object accountId = ((KeyRingCommand) message.getPayload()).accountId();
    return new VersionedAggregateIdentifier(accountId, null);
  }

  private static EventProcessor processor(
      Follower follower,
      Configuration c,
      org.axonframework.eventhandling.EventHandlerInvoker invoker) {
    return new CappedBackOffProcessor(
        CappedBackOffProcessor.builder()
            .name(follower.name())
            .eventHandlerInvoker(invoker)
            .messageSource(((FollowedEventStore) c.eventStore()).source(follower.gathering()))
            .tokenStore(c.getComponent(org.axonframework.eventhandling.tokenstore.TokenStore.class))
            .transactionManager(c.getComponent(TransactionManager.class))
            .errorHandler(PropagatingErrorHandler.instance())
            .trackingEventProcessorConfiguration(
                TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                    .andInitialTrackingToken(StreamableMessageSource::createTailToken)
                    .andBatchSize(follower.batchSize())));
  }

  /** The address is noted in the transaction of the events that call for a mail to it. */
  private static Object rememberContact(
      UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain, Contacts contacts)
      throws Exception {
    Object result = chain.proceed();
    CommandMessage<?> message = work.getMessage();
    if (result instanceof Decision decision
        && (decision.outcome() instanceof ChallengeWaits
            || decision.outcome() instanceof TwoFactorConfirmed)
        && message.getMetaData().get(KeyRings.EMAIL) instanceof String email
        && message.getPayload() instanceof KeyRingCommand command) {
      GroupingStorageEngine.alsoDo(work, () -> contacts.remember(command.accountId(), email));
    }
    return result;
  }

  /** Also SQLSTATE class 23: the position is taken, so another node was faster. */
  private static boolean isAlreadyTaken(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof DuplicateKeyException
          || (cause instanceof SQLException sql
              && sql.getSQLState() != null
              && sql.getSQLState().startsWith("23"))) {
        return true;
      }
    }
    return false;
  }
}
