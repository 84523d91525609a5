package dev.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalIssuerTest {
  @TempDir Path folder;

  @Test
  void keepsItsKeyInAFileThatOnlyItsOwnerReads() throws Exception {
    Path file = folder.resolve("data/issuer-key.json");
    LocalIssuer first = LocalIssuer.open(file, "http://localhost:8090", InstantSource.system());
    LocalIssuer second = LocalIssuer.open(file, "http://localhost:8090", InstantSource.system());
    assertThat(second.jwks()).isEqualTo(first.jwks());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
