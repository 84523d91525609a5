package dev.keyledger.tlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The example in {@code docs/log.md}. */
final class LogPage {
  private static final String PAGE = read();

  private LogPage() {}

  /** The record as an entry. */
  static LogEntry entry() throws MalformedException {
    LogEntry.Builder entry = LogEntry.builder();
    byte[] key = null;
    byte[] value = null;
    for (String line : block("record").lines().toList()) {
      String[] parts = line.split(" +", 2);
      byte[] bytes = parts[1].getBytes(StandardCharsets.UTF_8);
      switch (parts[0]) {
        case "key" -> key = bytes;
        case "value" -> value = bytes;
        default -> entry.header(parts[0], bytes);
      }
    }
    return entry.build(key, value);
  }

  /** The bytes that the page says the entry has. */
  static byte[] bytes() {
    return HexFormat.of()
        .parseHex(
            block("entry")
                .lines()
                .map(line -> line.replaceFirst("#.*", "").replace(" ", ""))
                .collect(Collectors.joining()));
  }

  /** What stands in a block, with its last newline. */
  static String block(String name) {
    Matcher block =
        Pattern.compile("^```" + name + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(PAGE);
    if (!block.find()) {
      throw new IllegalStateException("docs/log.md has no " + name);
    }
    return block.group(1);
  }

  private static String read() {
    try {
      return Files.readString(
          Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
              .map(directory -> directory.resolve("docs").resolve("log.md"))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
