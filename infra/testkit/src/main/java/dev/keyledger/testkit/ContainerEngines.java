package dev.keyledger.testkit;

import java.sql.DriverManager;
import org.jspecify.annotations.Nullable;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The engines as containers. */
final class ContainerEngines implements Engines {
  private @Nullable PostgreSQLContainer postgres;
  private @Nullable KafkaContainer kafka;
  private @Nullable MongoDBContainer mongo;

  @Override
  public synchronized Database createDatabase(String name) throws Exception {
    if (postgres == null) {
      postgres = new PostgreSQLContainer(Images.POSTGRES).withDatabaseName("postgres");
      postgres.start();
    }
    String url = postgres.getJdbcUrl();
    String user = postgres.getUsername();
    String password = postgres.getPassword();
    try (var connection = DriverManager.getConnection(url, user, password);
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE \"" + name + "\"");
    }
    return new Database(url.replaceFirst("/postgres(?=\\?|$)", "/" + name), user, password);
  }

  @Override
  public synchronized String kafka() {
    if (kafka == null) {
      kafka = new KafkaContainer(Images.KAFKA).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
      kafka.start();
    }
    return kafka.getBootstrapServers();
  }

  @Override
  public synchronized String mongo() {
    if (mongo == null) {
      mongo = new MongoDBContainer(Images.MONGO);
      mongo.start();
    }
    return mongo.getConnectionString();
  }

  @Override
  public synchronized void close() {
    if (kafka != null) {
      kafka.close();
    }
    if (mongo != null) {
      mongo.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }
}
