package dev.keyledger.query.store;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.keyledger.events.Topics;
import dev.keyledger.query.audit.LogStore;
import dev.keyledger.query.verification.Nodes;
import dev.keyledger.query.verification.ReplayGuard;
import dev.keyledger.query.verification.UsageStore;
import dev.keyledger.query.verification.VerificationConfiguration;
import dev.keyledger.query.verification.VerificationSettings;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The views' place in MongoDB. */
@Configuration(proxyBeanMethods = false)
public class StoreConfiguration {
  private static final String DEFAULT_DATABASE = "keyledger";

  /** Says soon that MongoDB is gone; what the URI says comes later and wins. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  MongoClientSettingsBuilderCustomizer impatience() {
    return settings ->
        settings
            .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(2, TimeUnit.SECONDS))
            .applyToSocketSettings(socket ->
                socket.connectTimeout(2, TimeUnit.SECONDS).readTimeout(5, TimeUnit.SECONDS))
            .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(5, TimeUnit.SECONDS));
  }

  @Bean
  MongoDatabase viewDatabase(MongoClient client, MongoConnectionDetails details) {
    String named = details.getConnectionString().getDatabase();
    return client.getDatabase(named == null ? DEFAULT_DATABASE : named);
  }

  @Bean
  MongoGenerations viewGenerations(MongoDatabase database) {
    return new MongoGenerations(database, Topics.EVENTS);
  }

  @Bean
  UsageStore usageStore(MongoDatabase database) {
    return new MongoUsageStore(database);
  }

  @Bean
  LogStore logStore(MongoDatabase database) {
    return new MongoLogStore(database);
  }

  @Bean
  Nodes nodes(MongoDatabase database, Clock clock) {
    return new MongoNodes(database, clock);
  }

  @Bean(VerificationConfiguration.SHARED_GUARD)
  Supplier<ReplayGuard> sharedReplayGuard(
      MongoDatabase database, VerificationSettings settings, Clock clock) {
    return () -> new MongoReplayGuard(database, clock, settings.window(), settings.lifetime());
  }

  @Bean
  ViewsHealthIndicator viewsHealthIndicator(MongoDatabase database) {
    return new ViewsHealthIndicator(database);
  }
}
