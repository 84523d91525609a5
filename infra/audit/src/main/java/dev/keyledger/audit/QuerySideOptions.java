package dev.keyledger.audit;

import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.remote.RemoteQuerySide;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which query-side is asked, and as whom. */
final class QuerySideOptions {
  @Option(
      names = "--query-side",
      required = true,
      paramLabel = "<url>",
      description = "A running query-side, like http://localhost:8081; any of its nodes.")
  private URI url = URI.create("");

  @Option(
      names = "--token-file",
      required = true,
      paramLabel = "<file>",
      description =
          "Holds a token; its scope is audit:read for a replay, and ops:rebuild for a rebuild.")
  private Path tokenFile = Path.of("");

  RemoteQuerySide open() throws UncheckedLogException {
    try {
      return new RemoteQuerySide(url, Files.readString(tokenFile).strip());
    } catch (IOException e) {
      throw new UncheckedLogException("can't read " + tokenFile + ": " + e);
    }
  }
}
