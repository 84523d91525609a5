package dev.keyledger.query.http;

import dev.keyledger.query.Events;
import dev.keyledger.query.audit.AuditLog;
import dev.keyledger.query.audit.History;
import dev.keyledger.query.audit.InMemoryLogStore;
import dev.keyledger.query.audit.LogTail;
import dev.keyledger.query.audit.RecordedTraces;
import dev.keyledger.query.memory.LiveKeys;
import dev.keyledger.query.memory.TestMemory;
import dev.keyledger.query.rebuild.InMemoryRebuildStore;
import dev.keyledger.query.rebuild.Rebuilds;
import dev.keyledger.query.verification.InMemoryUsageStore;
import dev.keyledger.query.verification.Nodes;
import dev.keyledger.query.verification.ReplayGuard;
import dev.keyledger.query.verification.VerificationConfiguration;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.InMemoryViewStore;
import dev.keyledger.query.views.Staleness;
import dev.keyledger.query.views.ViewReader;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoReactiveAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;

/** The query side's HTTP face over views and keys in memory, at a fixed time. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    exclude = {KafkaAutoConfiguration.class, MongoReactiveAutoConfiguration.class})
@Import({HttpFaceConfiguration.class, VerificationConfiguration.class})
public class QueryFace {
  public static final String MAX_WAIT = "keyledger.view.max-wait";

  @Bean
  Clock clock() {
    return Clock.fixed(Events.NOON, ZoneOffset.UTC);
  }

  @Bean
  InMemoryViewStore viewStore() {
    return new InMemoryViewStore();
  }

  @Bean
  ViewReader viewReader(InMemoryViewStore store, @Value("${" + MAX_WAIT + "}") Duration maxWait) {
    return new ViewReader(store, maxWait);
  }

  @Bean
  TestMemory testMemory(Clock clock) {
    return new TestMemory(clock);
  }

  @Bean
  LiveKeys liveKeys(TestMemory memory) {
    return memory.live();
  }

  @Bean
  InMemoryUsageStore usageStore() {
    return new InMemoryUsageStore();
  }

  @Bean
  InMemoryLogStore logStore() {
    return new InMemoryLogStore();
  }

  @Bean
  AuditLog auditLog(InMemoryLogStore store) {
    return new AuditLog(store);
  }

  @Bean
  History history(InMemoryLogStore store, Clock clock) {
    return new History(store, clock);
  }

  @Bean
  LogTail logTail(InMemoryLogStore store) {
    return new LogTail(store);
  }

  @Bean
  RecordedTraces readTraces() {
    return new RecordedTraces();
  }

  @Bean
  InMemoryRebuildStore rebuildStore() {
    return new InMemoryRebuildStore();
  }

  /** Nobody keeps them: what is begun stays begun. */
  @Bean
  Rebuilds rebuilds(InMemoryRebuildStore store, Clock clock) {
    return new Rebuilds(
        "none", () -> new MockConsumer<>("none"), store, store, "one", clock, System::nanoTime);
  }

  @Bean
  Nodes nodes() {
    return new NoOtherNodes();
  }

  @Bean(VerificationConfiguration.SHARED_GUARD)
  Supplier<ReplayGuard> sharedReplayGuard() {
    return () -> {
      throw new UnsupportedOperationException("there is no database to share");
    };
  }

  @Bean
  StoppedAccounts stoppedAccounts() {
    return new StoppedAccounts();
  }

  /** This node is alone. */
  private static final class NoOtherNodes implements Nodes {
    @Override
    public Mono<Integer> others() {
      return Mono.just(0);
    }

    @Override
    public Mono<Void> leave() {
      return Mono.empty();
    }
  }

  /** The accounts whose partition is said to have stopped. */
  static final class StoppedAccounts implements Staleness {
    private final Set<String> accounts = ConcurrentHashMap.newKeySet();

    void add(String account) {
      accounts.add(account);
    }

    @Override
    public boolean stopped(AccountView view) {
      return accounts.contains(view.accountId());
    }
  }
}
