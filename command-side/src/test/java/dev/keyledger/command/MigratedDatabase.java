package dev.keyledger.command;

import dev.keyledger.testkit.Database;
import dev.keyledger.testkit.TestPlatform;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of one's own with the service's tables, and no service at work on it. */
public final class MigratedDatabase {
  private MigratedDatabase() {}

  public static JdbcClient fresh() {
    Database database = TestPlatform.get().freshDatabase();
    var source =
        new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
    Flyway.configure().dataSource(source).load().migrate();
    return JdbcClient.create(source);
  }
}
