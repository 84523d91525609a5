package dev.keyledger.command;

import dev.keyledger.testkit.Database;
import dev.keyledger.testkit.TestPlatform;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of one's own with the service's tables, and no service at work on it. */
public final class MigratedDatabase {
  private MigratedDatabase() {}

  /** The database that a node with these properties works on, as it is. */
  public static DataSource of(Map<String, String> properties) {
    return new DriverManagerDataSource(
        property(properties, "url"),
        property(properties, "username"),
        property(properties, "password"));
  }

  private static String property(Map<String, String> properties, String name) {
    return Objects.requireNonNull(properties.get("spring.datasource." + name));
  }

  public static JdbcClient fresh() {
    return JdbcClient.create(freshSource());
  }

  public static DataSource freshSource() {
    Database database = TestPlatform.get().freshDatabase();
    var source =
        new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
    Flyway.configure().dataSource(source).load().migrate();
    return source;
  }
}
