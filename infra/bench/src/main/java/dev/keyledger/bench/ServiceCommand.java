package dev.keyledger.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a service was started, read from the running process (proc(5)), so that others are started in
 * just that way.
 *
 * @param command program, options of the JVM, {@code -jar} and the jar
 */
record ServiceCommand(List<String> command, Map<String, String> environment) {
  /** Marks a process as the launcher's. */
  private static final String LAUNCHERS_MARK = "-Dkeyledger.local=";

  /** Options that name an archive of classes, made for one application only. */
  private static final List<String> ARCHIVES =
      List.of("-XX:AOTCache", "-XX:SharedArchiveFile", "-XX:AOTMode");

  static ServiceCommand of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    List<String> command =
        words(process.resolve("cmdline")).filter(it -> !it.startsWith(LAUNCHERS_MARK)).toList();
    Map<String, String> environment = new HashMap<>();
    words(process.resolve("environ"))
        .map(variable -> variable.split("=", 2))
        .forEach(pair -> environment.put(pair[0], pair.length == 2 ? pair[1] : ""));
    return new ServiceCommand(command, environment);
  }

  /** A second node of the same service, on another port. */
  ServiceCommand secondNode(int port) {
    Map<String, String> other = new HashMap<>(environment);
    other.put("SERVER_PORT", Integer.toString(port));
    other.put("KEYLEDGER_NODEID", "bench");
    return new ServiceCommand(command, other);
  }

  /** Another jar on the same JVM with the same options, with nothing of the service's settings. */
  ServiceCommand other(Path jar, List<String> arguments, int port, Map<String, String> settings) {
    List<String> options =
        command.subList(0, command.indexOf("-jar")).stream()
            .filter(option -> ARCHIVES.stream().noneMatch(option::startsWith))
            .toList();
    List<String> words = new ArrayList<>(options);
    words.addAll(List.of("-jar", jar.toString()));
    words.addAll(arguments);
    Map<String, String> variables = new HashMap<>(settings);
    variables.put("SERVER_ADDRESS", "127.0.0.1");
    variables.put("SERVER_PORT", Integer.toString(port));
    String arenas = environment.get("MALLOC_ARENA_MAX");
    if (arenas != null) {
      variables.put("MALLOC_ARENA_MAX", arenas);
    }
    return new ServiceCommand(words, variables);
  }

  private static Stream<String> words(Path file) throws IOException {
    return Arrays.stream(new String(Files.readAllBytes(file), UTF_8).split("\0", -1))
        .filter(word -> !word.isEmpty());
  }
}
