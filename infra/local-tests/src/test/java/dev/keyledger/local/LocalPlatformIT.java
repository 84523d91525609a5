package dev.keyledger.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, with stubs for the two services. */
class LocalPlatformIT {
  private static final String READY = "Ctrl-C here stops everything";

  @TempDir Path home;

  private final Map<Port, Integer> ports = new EnumMap<>(Port.class);
  private final List<Process> launchers = new ArrayList<>();

  @BeforeEach
  void makeStubs() throws IOException {
    for (Port port : Port.values()) {
      ports.put(port, Ports.free());
    }
    for (String service : List.of("command-side", "query-side")) {
      Path jar = home.resolve(service).resolve("target").resolve(service + ".jar");
      Files.createDirectories(jar.getParent());
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubService.class.getName());
      String path = StubService.class.getName().replace('.', '/') + ".class";
      try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
          var in = StubService.class.getResourceAsStream("/" + path)) {
        out.putNextEntry(new JarEntry(path));
        in.transferTo(out);
      }
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process launcher : launchers) {
      launcher.destroy();
      launcher.waitFor();
    }
  }

  @Test
  void startsWiresAndStopsEverything() throws Exception {
    Process launcher = launch();
    String said = until(launcher, READY);
    assertThat(said).contains("http://localhost:" + number(Port.QUERY), "infra/demo");
    assertThat(get(Port.COMMAND, "/environment/SPRING_DATASOURCE_URL"))
        .isEqualTo("jdbc:postgresql://127.0.0.1:" + number(Port.POSTGRES) + "/keyledger");
    String rootKey = get(Port.COMMAND, "/environment/KEYLEDGER_ROOTKEYS_KEYS_LOCAL1");
    assertThat(rootKey).hasSize(44);
    assertThat(get(Port.QUERY, "/environment/SPRING_MONGODB_URI"))
        .isEqualTo("mongodb://127.0.0.1:" + number(Port.MONGODB) + "/keyledger");
    assertThat(get(Port.QUERY, "/environment/KEYLEDGER_ROOTKEYS_KEYS_LOCAL1")).isEqualTo(rootKey);
    assertThat(get(Port.QUERY, "/environment/KEYLEDGER_CODES_LIFETIME")).isEqualTo("3s");

    Process second = launch();
    assertThat(rest(second)).hasLineCount(1).contains("runs already", "KEYLEDGER_DATA");
    assertThat(second.waitFor()).isEqualTo(1);

    assertThat(launcher.toHandle().destroy()).isTrue(); // Process.destroy would close its output
    assertThat(rest(launcher)).isEqualToIgnoringNewLines("Stopping Keyledger");
    assertThat(launcher.waitFor()).isEqualTo(143);
    assertThat(ports.values()).noneMatch(Ports::isTaken);
  }

  @Test
  void endsWhenAServiceDiesAndSaysWhatItSaidLast() throws Exception {
    Process launcher = launch();
    until(launcher, READY);
    assertThat(get(Port.QUERY, "/die")).isEmpty();
    assertThat(rest(launcher)).contains("query-side ended with status 3", "told to die");
    assertThat(launcher.waitFor()).isEqualTo(1);
    assertThat(ports.values()).noneMatch(Ports::isTaken);
  }

  @Test
  void startsAgainAfterItWasKilled() throws Exception {
    Process killed = launch();
    until(killed, READY);
    killed.destroyForcibly().waitFor();
    assertThat(Ports.isTaken(number(Port.COMMAND))).isTrue();
    assertThat(Ports.isTaken(number(Port.POSTGRES))).isTrue();
    until(launch(), READY);
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                LocalPlatform.class.getName(),
                home.toString())
            .redirectErrorStream(true);
    ports.forEach(
        (port, number) -> builder.environment().put(port.setting(), Integer.toString(number)));
    builder.environment().put("KEYLEDGER_CODES_LIFETIME", "3s");
    builder.environment().put("PATH", "/usr/bin:/bin"); // no mongod
    Process launcher = builder.start();
    launchers.add(launcher);
    return launcher;
  }

  private static String until(Process launcher, String last) throws IOException {
    StringBuilder said = new StringBuilder();
    BufferedReader lines = launcher.inputReader(UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      if (line.contains(last)) {
        return said.toString();
      }
    }
    throw new AssertionError("The launcher ended early:\n" + said);
  }

  private static String rest(Process launcher) throws IOException {
    return String.join("\n", launcher.inputReader(UTF_8).readAllLines());
  }

  private int number(Port port) {
    return Objects.requireNonNull(ports.get(port));
  }

  private String get(Port port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + number(port) + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return ""; // it died
    }
  }
}
