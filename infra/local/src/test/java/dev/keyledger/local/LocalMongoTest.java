package dev.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMongoTest {
  @TempDir Path folder;

  @Test
  void theStandInListensAndSaysWhatItIs() throws Exception {
    try (LocalMongo mongo = LocalMongo.standIn(0)) {
      URI uri = URI.create(mongo.uri());
      try (Socket socket = new Socket(Ports.loopback(), uri.getPort())) {
        assertThat(socket.isConnected()).isTrue();
      }
      assertThat(mongo.description()).contains("in-memory stand-in");
    }
  }

  @Test
  void saysWhereToLookWhenAMongodDoesNotStart() {
    Path log = folder.resolve("mongodb.log");
    assertThatThrownBy(
            () -> LocalMongo.mongod(Path.of("/bin/false"), folder.resolve("data"), log, 0))
        .hasMessage("mongod did not start; see " + log);
  }

  @Test
  void findsTheMongodThatIsNamedThenTheOneOnThePath() throws Exception {
    Path onPath = Files.createFile(folder.resolve("mongod"));
    assertThat(onPath.toFile().setExecutable(true)).isTrue();
    String path = "/nowhere:" + folder;
    assertThat(LocalMongo.findMongod(Map.of("PATH", path))).hasValue(onPath);
    assertThat(LocalMongo.findMongod(Map.of("PATH", path, "MONGOD_BIN", "/opt/mongod")))
        .hasValue(Path.of("/opt/mongod"));
    assertThat(LocalMongo.findMongod(Map.of("PATH", "/nowhere"))).isEmpty();
  }
}
