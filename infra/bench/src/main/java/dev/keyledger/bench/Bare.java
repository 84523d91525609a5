package dev.keyledger.bench;

import dev.keyledger.local.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The applications that do next to nothing, started in the way of the services. */
final class Bare {
  private static final String JAR = "infra/bench/bare/target/keyledger-bench-bare.jar";

  private Bare() {}

  /** How one is started on the JVM of a service, with the same options. */
  static ServiceCommand command(
      Stage stage, String service, String name, int port, Map<String, String> settings)
      throws IOException {
    return ServiceCommand.of(stage.platform().pid(service))
        .other(stage.options().home().resolve(JAR), List.of(name), port, settings);
  }

  /** Starts one beside the query side and waits until it answers; tells its port. */
  static int start(Stage stage, String name, Map<String, String> settings)
      throws IOException, InterruptedException {
    int port = Ports.free();
    ServiceCommand command = command(stage, "query-side", name, port, settings);
    Path log = stage.folder().resolve(name + ".log");
    long began = System.nanoTime();
    Child child = stage.cleanup().keep(Child.start(command.command(), command.environment(), log));
    Start _ = Start.await(child, began, port, "/", _ -> true);
    return port;
  }
}
