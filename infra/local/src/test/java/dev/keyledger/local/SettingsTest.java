package dev.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Path HOME = Path.of("/repository");

  @Test
  void hasTheContractsPorts() throws Exception {
    Settings settings = Settings.read(HOME, Map.of());
    assertThat(settings.port(Port.COMMAND)).isEqualTo(8080);
    assertThat(settings.port(Port.QUERY)).isEqualTo(8081);
    assertThat(settings.port(Port.LOCAL)).isEqualTo(8090);
    assertThat(settings.port(Port.KAFKA)).isEqualTo(9092);
    assertThat(settings.port(Port.MONGODB)).isEqualTo(27017);
    assertThat(settings.port(Port.POSTGRES)).isEqualTo(5432);
    assertThat(settings.port(Port.SMTP)).isEqualTo(2525);
    assertThat(settings.data()).isEqualTo(HOME.resolve(".keyledger"));
  }

  @Test
  void namesAPortThatIsTakenAndTheSettingThatMovesIt() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, Ports.loopback())) {
      Settings settings = freePortsBut(Port.SMTP, taken.getLocalPort());
      assertThatThrownBy(settings::checkPorts)
          .isInstanceOf(LaunchException.class)
          .hasMessageContaining(taken.getLocalPort() + ", meant for SMTP, is taken")
          .hasMessageContaining("KEYLEDGER_PORTS_SMTP");
    }
  }

  @Test
  void namesTwoThatWantTheSamePort() throws Exception {
    int port = Ports.free();
    Map<String, String> environment = new HashMap<>();
    environment.put("KEYLEDGER_PORTS_COMMAND", Integer.toString(port));
    environment.put("KEYLEDGER_PORTS_QUERY", Integer.toString(port));
    assertThatThrownBy(Settings.read(HOME, environment)::checkPorts)
        .hasMessageContaining("KEYLEDGER_PORTS_COMMAND or KEYLEDGER_PORTS_QUERY");
  }

  @Test
  void needsNoPortForAMongoDbThatIsGiven() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, Ports.loopback())) {
      Settings settings = freePortsBut(Port.MONGODB, taken.getLocalPort());
      assertThatThrownBy(settings::checkPorts).hasMessageContaining("MongoDB");
      Map<String, String> environment = new HashMap<>(settings.environment());
      environment.put("KEYLEDGER_MONGODB_URI", "mongodb://db.example");
      Settings.read(HOME, environment).checkPorts();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "http", "-1", "999999"})
  void refusesWhatIsNoPort(String port) {
    assertThatThrownBy(() -> Settings.read(HOME, Map.of("KEYLEDGER_PORTS_KAFKA", port)))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("KEYLEDGER_PORTS_KAFKA")
        .hasMessageContaining(port);
  }

  private static Settings freePortsBut(Port port, int number) throws LaunchException {
    Map<String, String> environment = new HashMap<>();
    for (Port each : Port.values()) {
      int chosen = each == port ? number : Ports.free();
      environment.put(each.setting(), Integer.toString(chosen));
    }
    return Settings.read(HOME, environment);
  }
}
