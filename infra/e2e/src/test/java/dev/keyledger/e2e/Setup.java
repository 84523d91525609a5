package dev.keyledger.e2e;

import dev.keyledger.testkit.TestPlatform;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;

/** The platform of the tests, and both services on it as processes. */
final class Setup implements AutoCloseable {
  static {
    // A service that is killed while it talks to the mail server is no news to these tests.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
    ServiceProcess.train();
  }

  private final ServiceProcess command;
  private final ServiceProcess query;
  private final Endpoints endpoints;
  private final Path logs;
  private final Map<String, String> queryProperties;

  /**
   * Starts everything and waits until it is ready.
   *
   * @param settings settings of the command side
   */
  Setup(Path logs, Map<String, String> settings) {
    this(logs, settings, Map.of());
  }

  /**
   * Starts everything and waits until it is ready.
   *
   * @param settings settings of the command side
   * @param querySettings settings of the query side
   */
  Setup(Path logs, Map<String, String> settings, Map<String, String> querySettings) {
    TestPlatform platform = TestPlatform.get();
    Map<String, String> commandSettings = new HashMap<>(platform.commandSideProperties());
    commandSettings.putAll(settings);
    command = new ServiceProcess("command-side", logs, commandSettings);
    this.logs = logs;
    queryProperties = new HashMap<>(platform.querySideProperties());
    queryProperties.putAll(querySettings);
    query = new ServiceProcess("query-side", logs, queryProperties);
    endpoints =
        new Endpoints(
            command.url(),
            query.url(),
            platform.jwksUrl().replaceFirst("(https?://[^/]+).*", "$1"),
            Objects.requireNonNull(commandSettings.get("spring.kafka.bootstrap-servers")));
    command.start();
    query.start();
    command.awaitReady();
    query.awaitReady();
  }

  ServiceProcess command() {
    return command;
  }

  ServiceProcess query() {
    return query;
  }

  Endpoints endpoints() {
    return endpoints;
  }

  /** The connection string of the query side's database. */
  String mongo() {
    return Objects.requireNonNull(queryProperties.get("spring.mongodb.uri"));
  }

  Supporter supporter() {
    Http http = new Http((method, url, body, answer) -> {});
    return new Supporter(endpoints, http, http);
  }

  Auditor auditor() {
    Http http = new Http((method, url, body, answer) -> {});
    return new Auditor(endpoints, TestPlatform.LOG_VERIFIER_KEY, http, http);
  }

  /** Another node of the query side over the same views, started and ready; to be closed. */
  ServiceProcess secondQuery() {
    Map<String, String> properties = new HashMap<>(queryProperties);
    properties.put("keyledger.node-id", "query-2");
    ServiceProcess second = new ServiceProcess("query-side", logs, properties);
    second.start();
    second.awaitReady();
    return second;
  }

  Gateway gateway() {
    Http http = new Http((method, url, body, answer) -> {});
    return new Gateway(endpoints, http, http);
  }

  AccountHolder newAccount() {
    Http http = new Http((method, url, body, answer) -> {});
    return new AccountHolder(endpoints, http, http);
  }

  @Override
  public void close() {
    command.close();
    query.close();
  }
}
