package dev.keyledger.local;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the local set-up is told.
 *
 * @param home the root of the repository
 * @param data where everything that lasts is kept
 * @param ports where each part listens
 * @param mongoUri the MongoDB to use instead of one of our own
 * @param environment what the services inherit
 */
record Settings(
    Path home,
    Path data,
    Map<Port, Integer> ports,
    Optional<String> mongoUri,
    Map<String, String> environment) {

  /** Reads the settings from environment variables; an empty one counts as not set. */
  static Settings read(Path home, Map<String, String> environment) throws LaunchException {
    Map<Port, Integer> ports = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      ports.put(port, number(port, environment.getOrDefault(port.setting(), "")));
    }
    String data = environment.getOrDefault("KEYLEDGER_DATA", "");
    String mongo = environment.getOrDefault("KEYLEDGER_MONGODB_URI", "");
    return new Settings(
        home,
        (data.isEmpty() ? home.resolve(".keyledger") : Path.of(data)).toAbsolutePath().normalize(),
        ports,
        Optional.of(mongo).filter(uri -> !uri.isEmpty()),
        environment);
  }

  int port(Port port) {
    return ports.getOrDefault(port, port.usual());
  }

  Path log(String name) {
    return data.resolve("logs").resolve(name + ".log");
  }

  /**
   * Looks whether every port is there to be taken.
   *
   * @throws LaunchException that names the first that isn't, and the setting that moves it
   */
  void checkPorts() throws LaunchException {
    Map<Integer, Port> seen = new HashMap<>();
    for (Port port : Port.values()) {
      if (port == Port.MONGODB && mongoUri.isPresent()) {
        continue;
      }
      int number = port(port);
      Port other = seen.putIfAbsent(number, port);
      if (other != null) {
        throw new LaunchException(
            "Port %d is meant for %s and %s: move one with %s or %s."
                .formatted(number, other.owner(), port.owner(), other.setting(), port.setting()));
      }
      if (Ports.isTaken(number)) {
        throw new LaunchException(
            "Port %d, meant for %s, is taken: free it, or move it with %s=<another port>."
                .formatted(number, port.owner(), port.setting()));
      }
    }
  }

  private static int number(Port port, String text) throws LaunchException {
    if (text.isEmpty()) {
      return port.usual();
    }
    int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > 65_535) {
      throw new LaunchException(
          port.setting() + " is '" + text + "'; it must be a port, 1 to 65535.");
    }
    return number;
  }
}
