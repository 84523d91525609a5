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
  void makesARootKeyOnceThatOnlyItsOwnerReads() throws Exception {
    try (DataFolder data = DataFolder.hold(folder)) {
      String key = data.rootKey();
      assertThat(Base64.getDecoder().decode(key)).hasSize(32);
      assertThat(data.rootKey()).isEqualTo(key);
      assertThat(permissions(folder.resolve("root-key"))).isEqualTo("rw-------");
      assertThat(permissions(folder)).isEqualTo("rwx------");
    }
  }

  @Test
  void aFreshStartLeavesWhatIsNotOurs() throws Exception {
    Files.writeString(folder.resolve("diary"), "mine");
    try (DataFolder data = DataFolder.hold(folder)) {
      String key = data.rootKey();
      data.deleteAll();
      assertThat(folder.resolve("diary")).exists();
      assertThat(data.rootKey()).isNotEqualTo(key);
    }
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
