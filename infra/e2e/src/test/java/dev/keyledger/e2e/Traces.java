package dev.keyledger.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.RawBsonDocument;
import reactor.core.publisher.Flux;

/** Looks for a text in what is kept, whatever it is part of. */
final class Traces {
  private Traces() {}

  /**
   * The {@code .log} files below a folder that have it: what programs print, and Kafka's records.
   */
  static List<String> inFiles(Path folder, String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .filter(file -> holds(read(file), text))
          .map(Path::toString)
          .toList();
    }
  }

  /** The collections that have a document with it, its binary values included. */
  static List<String> inMongo(String uri, String text) {
    ConnectionString connection = new ConnectionString(uri);
    try (MongoClient client = MongoClients.create(connection)) {
      MongoDatabase database = client.getDatabase(Objects.requireNonNull(connection.getDatabase()));
      return Flux.from(database.listCollectionNames())
          .filterWhen(name ->
              Flux.from(database.getCollection(name, RawBsonDocument.class).find())
                  .any(document -> holds(bytes(document), text)))
          .collectList()
          .blockOptional()
          .orElseThrow();
    }
  }

  private static byte[] bytes(RawBsonDocument document) {
    ByteBuffer buffer = document.getByteBuffer().asNIO();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static boolean holds(byte[] bytes, String text) {
    return new String(bytes, ISO_8859_1).contains(new String(text.getBytes(UTF_8), ISO_8859_1));
  }

  /** A file's text. */
  static String text(Path file) {
    return new String(read(file), UTF_8);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
