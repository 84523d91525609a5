package dev.keyledger.events;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the schemas to what was published: {@code published/} is what subscribers were built for.
 * It is never edited by hand and nothing leaves it. With {@code -Dschemas.publish=true} this test
 * adds what is new, once that breaks nobody.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedSchemasTest {
  private static final String PUBLISH = "schemas.publish";
  private static final String EXTENSION = ".json";
  private static final Path PRESENT = Path.of("src", "main", "resources", "schemas");
  private static final Path PUBLISHED = Path.of("src", "test", "resources", "published");

  static Set<String> published() throws IOException {
    return names(PUBLISHED);
  }

  static Set<String> present() throws IOException {
    return names(PRESENT);
  }

  @ParameterizedTest
  @MethodSource("published")
  void whatWasPublishedIsThereAndItsReadersCanStillRead(String name) {
    assertThat(PRESENT.resolve(name + EXTENSION)).exists();
    assertThat(EventTypes.hasSchema(name)).as("%s is still a type", name).isTrue();

    assertThat(
            Compatibility.breaks(
                Golden.MAPPER.readTree(PUBLISHED.resolve(name + EXTENSION).toFile()),
                Golden.MAPPER.readTree(PRESENT.resolve(name + EXTENSION).toFile())))
        .as("%s breaks its readers; what differs needs a type of its own, .v2", name)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("present")
  void whatIsThereIsPublished(String name) throws IOException {
    Path present = PRESENT.resolve(name + EXTENSION);
    Path published = PUBLISHED.resolve(name + EXTENSION);
    if (Boolean.getBoolean(PUBLISH)) {
      if (Files.exists(published)) {
        whatWasPublishedIsThereAndItsReadersCanStillRead(name);
      }
      Files.writeString(published, Files.readString(present));
    }

    assertThat(published).exists();
    assertThat(Files.readString(published))
        .as("%s differs from what is published; -D%s=true publishes it", name, PUBLISH)
        .isEqualTo(Files.readString(present));
  }

  @Test
  void thereAreSchemasOfAllTypesAndOfNothingElse() throws IOException {
    Set<String> types = new TreeSet<>(EventTypes.all().keySet());
    types.add(LiveKey.TYPE);

    assertThat(present()).isEqualTo(types);
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .map(name -> name.substring(0, name.length() - EXTENSION.length()))
          .collect(toCollection(TreeSet::new));
    }
  }
}
