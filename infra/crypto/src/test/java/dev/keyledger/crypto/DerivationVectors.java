package dev.keyledger.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The vectors in {@code docs/derivation.md}. */
public final class DerivationVectors {
  private static final Pattern BLOCK =
      Pattern.compile("^```vector\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Map<Purpose, Vector> VECTORS = read();

  private DerivationVectors() {}

  public static Vector of(Purpose purpose) {
    return Objects.requireNonNull(VECTORS.get(purpose), purpose.name());
  }

  private static Map<Purpose, Vector> read() {
    try {
      return BLOCK
          .matcher(Files.readString(page()))
          .results()
          .map(DerivationVectors::parse)
          .collect(Collectors.toMap(Vector::purpose, vector -> vector));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path page() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .map(directory -> directory.resolve("docs").resolve("derivation.md"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  private static Vector parse(MatchResult block) {
    Map<String, String> lines =
        block
            .group(1)
            .lines()
            .map(line -> line.split(" +", 2))
            .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    return new Vector(
        text(lines, "root"),
        text(lines, "label"),
        text(lines, "context"),
        text(lines, "info"),
        text(lines, "derived"),
        text(lines, "result"));
  }

  private static String text(Map<String, String> lines, String name) {
    return Objects.requireNonNull(lines.get(name), name);
  }

  /**
   * One block of the page.
   *
   * @param info in hexadecimal
   * @param derived in hexadecimal
   */
  public record Vector(
      String root, String label, String contextParts, String info, String derived, String result) {

    Purpose purpose() {
      String inInfo = Keys.HEX.formatHex(label.getBytes(StandardCharsets.UTF_8));
      return Arrays.stream(Purpose.values())
          .filter(p -> Keys.HEX.formatHex(p.info()).endsWith(inInfo))
          .findFirst()
          .orElseThrow();
    }

    public String[] context() {
      return contextParts.split(" ", -1);
    }

    public RootKeys rootKeys() {
      return new RootKeys(
          "a", Map.of("a", Base64.getEncoder().encodeToString(Keys.HEX.parseHex(root))));
    }
  }
}
