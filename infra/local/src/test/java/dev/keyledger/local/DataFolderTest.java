package dev.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path folder;

  @Test
  void makesKeysOnceThatOnlyTheirOwnerReads() throws Exception {
    try (DataFolder data = DataFolder.hold(folder)) {
      String root = data.rootKey();
      String log = data.logKey();
      assertThat(Base64.getDecoder().decode(root)).hasSize(32);
      assertThat(Base64.getDecoder().decode(log)).hasSize(32);
      assertThat(log).isNotEqualTo(root);
      assertThat(data.rootKey()).isEqualTo(root);
      assertThat(data.logKey()).isEqualTo(log);
      assertThat(permissions(folder.resolve("root-key"))).isEqualTo("rw-------");
      assertThat(permissions(folder.resolve("log-key"))).isEqualTo("rw-------");
      assertThat(permissions(folder)).isEqualTo("rwx------");
    }
  }

  @Test
  void aFreshStartLeavesWhatIsNotOurs() throws Exception {
    Files.writeString(folder.resolve("diary"), "mine");
    try (DataFolder data = DataFolder.hold(folder)) {
      String root = data.rootKey();
      String log = data.logKey();
      data.deleteAll();
      assertThat(folder.resolve("diary")).exists();
      assertThat(data.rootKey()).isNotEqualTo(root);
      assertThat(data.logKey()).isNotEqualTo(log);
    }
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
