package dev.keyledger.testkit;

import dev.keyledger.local.Folder;
import dev.keyledger.local.LocalKafka;
import dev.keyledger.local.LocalMongo;
import dev.keyledger.local.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engines as parts of the local platform, in a folder that is gone in the end. */
final class LocalEngines implements Engines {
  private final Path folder;
  private @Nullable LocalPostgres postgres;
  private @Nullable LocalKafka kafka;
  private @Nullable LocalMongo mongo;

  LocalEngines() throws IOException {
    folder = Files.createTempDirectory("keyledger-test-");
  }

  @Override
  public synchronized Database createDatabase(String name) throws Exception {
    if (postgres == null) {
      postgres = LocalPostgres.start(folder.resolve("postgres"), folder.resolve("postgres.log"), 0);
    }
    return new Database(postgres.createDatabase(name), LocalPostgres.USER, LocalPostgres.PASSWORD);
  }

  @Override
  public synchronized String kafka() throws Exception {
    if (kafka == null) {
      kafka = LocalKafka.start(folder.resolve("kafka"), 0);
    }
    return kafka.bootstrapServers();
  }

  @Override
  public synchronized String mongo() throws Exception {
    if (mongo == null) {
      Optional<Path> mongod = LocalMongo.findMongod(System.getenv());
      mongo =
          mongod.isPresent()
              ? LocalMongo.mongod(
                  mongod.get(), folder.resolve("mongodb"), folder.resolve("mongodb.log"), 0)
              : LocalMongo.standIn(0);
    }
    return mongo.uri();
  }

  @Override
  public synchronized void close() throws Exception {
    if (kafka != null) {
      kafka.close();
    }
    if (mongo != null) {
      mongo.close();
    }
    if (postgres != null) {
      postgres.close();
    }
    Folder.delete(folder);
  }
}
