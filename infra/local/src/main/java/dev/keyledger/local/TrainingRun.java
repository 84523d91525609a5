package dev.keyledger.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs all of Keyledger once on empty data, for the services' JVMs to learn how they start; does
 * nothing if they know.
 */
final class TrainingRun {
  /** What the JVM writes when it ends takes it longer than all else. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** All that is inherited: nothing of what the user may have set for the real run. */
  private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TMPDIR");

  private TrainingRun() {}

  static void run(Path home) throws Exception {
    if (new ServiceImage(Parts.COMMAND_SIDE, home).isTrained()
        && new ServiceImage(Parts.QUERY_SIDE, home).isTrained()) {
      return;
    }
    Path folder = Files.createTempDirectory("keyledger-training-");
    Settings settings = Settings.read(home, environment(folder));
    LocalPlatform.keepLogQuiet(settings);
    try (Parts parts = new Parts(settings, DataFolder.hold(folder), ServiceImage::train)) {
      Thread stop = new Thread(() -> close(parts), "stop");
      Runtime.getRuntime().addShutdownHook(stop);
      String _ = parts.start();
      useALittle(settings);
      parts.stopServices(PATIENCE);
    } finally {
      Folder.delete(folder);
    }
  }

  private static Map<String, String> environment(Path folder) {
    Map<String, String> environment = new HashMap<>();
    INHERITED.forEach(name -> {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    });
    environment.put("KEYLEDGER_DATA", folder.toString());
    for (Port port : Port.values()) {
      environment.put(port.setting(), Integer.toString(Ports.free()));
    }
    return environment;
  }

  /** The first answers are a part of starting, too. */
  private static void useALittle(Settings settings) throws IOException, InterruptedException {
    String command = "http://127.0.0.1:" + settings.port(Port.COMMAND);
    String query = "http://127.0.0.1:" + settings.port(Port.QUERY);
    try (HttpClient client = HttpClient.newHttpClient()) {
      String token = token(client, settings);
      send(client, token, HttpRequest.newBuilder(URI.create(query + "/v1/keys")));
      send(
          client,
          token,
          HttpRequest.newBuilder(URI.create(command + "/v1/two-factor"))
              .POST(BodyPublishers.noBody()));
      send(client, token, HttpRequest.newBuilder(URI.create(query + "/v1/account")));
    }
  }

  private static String token(HttpClient client, Settings settings)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + settings.port(Port.LOCAL) + "/dev/token");
    var request =
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("{\"sub\":\"trainee\"}"));
    String answer = client.send(request.build(), BodyHandlers.ofString()).body();
    return JsonMapper.shared().readTree(answer).get("access_token").asString();
  }

  private static void send(HttpClient client, String token, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    request.header("Authorization", "Bearer " + token).timeout(Duration.ofSeconds(30));
    var _ = client.send(request.build(), BodyHandlers.discarding());
  }

  private static void close(Parts parts) {
    try {
      parts.close();
    } catch (Exception e) {
      System.err.println("Not everything could be stopped: " + e.getMessage());
    }
  }
}
