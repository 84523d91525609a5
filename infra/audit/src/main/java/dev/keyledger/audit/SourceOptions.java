package dev.keyledger.audit;

import dev.keyledger.audit.export.ExportedLog;
import dev.keyledger.audit.log.BrokerLog;
import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.verify.SignedCheckpoints;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.VerifierKey;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the log is read from, and whose signatures count. */
final class SourceOptions {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private Place place = new Place();

  @Option(
      names = "--kafka-config",
      paramLabel = "<file>",
      description = "Properties of Kafka's consumer, say for TLS and SASL.")
  private @Nullable Path kafkaConfig;

  @Option(
      names = "--verifier-key",
      paramLabel = "<vkey>",
      description = "The log's key, name+id+key. More than once if it was changed.")
  private List<String> verifierKeys = new ArrayList<>();

  /** A broker or an export. */
  static final class Place {
    @Option(
        names = "--broker",
        paramLabel = "<host:port>",
        description = "Bootstrap servers of a running Kafka.")
    private @Nullable String broker;

    @Option(
        names = "--export",
        paramLabel = "<folder>",
        description = "What 'keyledger-audit export' wrote.")
    private @Nullable Path export;
  }

  LogSource open() throws UncheckedLogException, TamperedException {
    if (place.export != null) {
      return ExportedLog.open(place.export);
    }
    Map<String, Object> settings = new HashMap<>();
    if (kafkaConfig != null) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(kafkaConfig)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new UncheckedLogException("can't read " + kafkaConfig + ": " + e);
      }
      properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    }
    settings.put("bootstrap.servers", String.valueOf(place.broker));
    return new BrokerLog(settings);
  }

  void requireKeys() throws UncheckedLogException {
    if (verifierKeys.isEmpty()) {
      throw new UncheckedLogException(
          "--verifier-key is needed, from a source that you trust, and not from the log");
    }
  }

  /** None yet; for those that the given keys signed. */
  SignedCheckpoints checkpoints() throws UncheckedLogException {
    List<VerifierKey> keys = new ArrayList<>();
    for (String key : verifierKeys) {
      try {
        keys.add(VerifierKey.parse(key));
      } catch (MalformedException e) {
        throw new UncheckedLogException("--verifier-key: " + e.getMessage());
      }
    }
    return new SignedCheckpoints(keys);
  }
}
