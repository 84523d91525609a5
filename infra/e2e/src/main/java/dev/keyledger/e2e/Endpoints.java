package dev.keyledger.e2e;

import java.util.Map;

/**
 * Where the set-up listens.
 *
 * @param command base URL of the command side
 * @param query base URL of the query side
 * @param local base URL of the local platform: tokens and mails
 * @param kafka bootstrap servers
 */
public record Endpoints(String command, String query, String local, String kafka) {

  /**
   * Out of the variables {@code COMMAND}, {@code QUERY}, {@code LOCAL} and {@code KAFKA}, else out
   * of the ports that {@code infra/up} knows, else the defaults.
   */
  public static Endpoints from(Map<String, String> environment) {
    return new Endpoints(
        url(environment, "COMMAND", "KEYLEDGER_PORTS_COMMAND", 8080),
        url(environment, "QUERY", "KEYLEDGER_PORTS_QUERY", 8081),
        url(environment, "LOCAL", "KEYLEDGER_PORTS_LOCAL", 8090),
        environment.getOrDefault(
            "KAFKA", "localhost:" + environment.getOrDefault("KEYLEDGER_PORTS_KAFKA", "9092")));
  }

  private static String url(
      Map<String, String> environment, String name, String portName, int port) {
    return environment.getOrDefault(
        name, "http://localhost:" + environment.getOrDefault(portName, Integer.toString(port)));
  }
}
