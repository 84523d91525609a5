package dev.keyledger.bench;

import dev.keyledger.local.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What it takes to start a service, against WebFlux with nothing in it; and its memory. */
final class StartFigures {
  private static final List<String> SERVICES = List.of("command-side", "query-side");

  private final Stage stage;

  private StartFigures(Stage stage) {
    this.stage = stage;
  }

  /** Memory of both services; to be called after they had their load. */
  static void memory(Stage stage) throws Exception {
    for (String service : SERVICES) {
      double resident = Child.residentMb(stage.platform().pid(service));
      stage.report().add(Row.of(service + " resident", "MB", resident).mark(Mark.RESIDENT));
    }
  }

  static void measure(Stage stage) throws Exception {
    new StartFigures(stage).measure();
  }

  private void measure() throws Exception {
    Map<String, List<Start>> starts = new LinkedHashMap<>();
    List<Start> empty = new ArrayList<>();
    for (int i = 0; i < stage.options().rounds(); i++) {
      stage.say("start-up", i);
      for (String service : SERVICES) {
        starts.computeIfAbsent(service, _ -> new ArrayList<>()).add(service(service));
        empty.add(empty());
      }
    }
    Start limit = median(empty);
    starts.forEach((service, measured) -> {
      Start ours = median(measured);
      String until = " until its first answer";
      stage
          .report()
          .add(
              Row.of(service + until, "CPU s", ours.cpuSeconds())
                  .against(limit.cpuSeconds())
                  .mark(Mark.START));
      stage.report().add(Row.of("  by the clock", "s", ours.seconds()).against(limit.seconds()));
    });
    stage
        .report()
        .note(
            "Limit of starts: WebFlux with nothing in it, the same options of the JVM, no AOT cache.");
  }

  private Start service(String service) throws Exception {
    int port = Ports.free();
    ServiceCommand command = ServiceCommand.of(stage.platform().pid(service)).secondNode(port);
    return Start.measure(
        command,
        log(service),
        stage.cleanup(),
        port,
        "/actuator/health/readiness",
        status -> status == 200);
  }

  private Start empty() throws Exception {
    int port = Ports.free();
    ServiceCommand command = Bare.command(stage, SERVICES.getFirst(), "empty", port, Map.of());
    return Start.measure(command, log("empty"), stage.cleanup(), port, "/", _ -> true);
  }

  private Path log(String name) {
    return stage.folder().resolve(name + ".log");
  }

  private static Start median(List<Start> starts) {
    return new Start(Round.median(starts, Start::seconds), Round.median(starts, Start::cpuSeconds));
  }
}
