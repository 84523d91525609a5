package dev.keyledger.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The folder that everything that lasts is kept in, held by one launcher at a time. */
final class DataFolder implements AutoCloseable {
  /**
   * All that we put there: a fresh start deletes these and nothing that somebody else put there.
   */
  private static final List<String> OURS =
      List.of(
          "postgres",
          "kafka",
          "mongodb",
          "logs",
          "run",
          "root-key",
          "log-key",
          "verifier-key",
          "issuer-key.json");

  private static final int KEY_BYTES = 32;

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder, if need be, and holds it.
   *
   * @throws LaunchException when another launcher does
   */
  static DataFolder hold(Path path) throws IOException, LaunchException {
    Folder.makePrivate(path);
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new LaunchException(
          "Keyledger runs already on %s: stop it, or name another folder with KEYLEDGER_DATA."
              .formatted(path));
    }
    return new DataFolder(path, channel);
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  void deleteAll() throws IOException {
    for (String name : OURS) {
      Folder.delete(path.resolve(name));
    }
  }

  /** The root key in Base64, made at the first start. */
  String rootKey() throws IOException {
    return key("root-key");
  }

  /** The private key of the log in Base64, made at the first start. */
  String logKey() throws IOException {
    return key("log-key");
  }

  /** Leaves the public key of the log where auditors of this set-up find it. */
  void noteVerifierKey(String verifierKey) throws IOException {
    Files.writeString(path.resolve("verifier-key"), verifierKey + "\n");
  }

  private String key(String name) throws IOException {
    return PrivateFile.readOrCreate(
        path.resolve(name),
        () -> {
          byte[] key = new byte[KEY_BYTES];
          new SecureRandom().nextBytes(key);
          return Base64.getEncoder().encodeToString(key);
        });
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
