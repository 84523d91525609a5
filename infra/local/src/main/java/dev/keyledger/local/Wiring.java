package dev.keyledger.local;

import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.NoteSigner;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells the services where the parts are, as environment variables in Spring's relaxed form. */
final class Wiring {
  /** The id of the root key that a first start makes. */
  static final String ROOT_KEY_ID = "local1";

  /** The name of the log. */
  static final String LOG_ORIGIN = "keyledger.local/log";

  private static final String ORIGIN = "KEYLEDGER_LOG_ORIGIN";
  private static final String LOG_KEY = "KEYLEDGER_LOG_KEY";
  private static final String ADDRESS = "SERVER_ADDRESS";
  private static final String PORT = "SERVER_PORT";

  private final Settings settings;
  private final LocalIssuer issuer;
  private final LocalHttp http;
  private final LocalKafka kafka;

  Wiring(Settings settings, LocalIssuer issuer, LocalHttp http, LocalKafka kafka) {
    this.settings = settings;
    this.issuer = issuer;
    this.http = http;
    this.kafka = kafka;
  }

  Map<String, String> commandSide(LocalPostgres postgres, LocalMail mail, DataFolder data)
      throws IOException {
    Map<String, String> variables = common(Port.COMMAND);
    variables.put("SPRING_DATASOURCE_URL", postgres.jdbcUrl());
    variables.put("SPRING_DATASOURCE_USERNAME", LocalPostgres.USER);
    variables.put("SPRING_DATASOURCE_PASSWORD", LocalPostgres.PASSWORD);
    variables.put("SPRING_MAIL_HOST", "127.0.0.1");
    variables.put("SPRING_MAIL_PORT", Integer.toString(mail.port()));
    putRootKey(variables, data.rootKey());
    variables.put(LOG_KEY, data.logKey());
    variables.put("KEYLEDGER_NODEID", "command-1");
    return underneath(variables);
  }

  Map<String, String> querySide(LocalMongo mongo, DataFolder data) throws IOException {
    Map<String, String> variables = common(Port.QUERY);
    putRootKey(variables, data.rootKey());
    variables.put("KEYLEDGER_LOG_VERIFIERKEY", verifierKey(settings, data.logKey()));
    variables.put("SPRING_MONGODB_URI", withDatabase(mongo.uri()));
    variables.put("KEYLEDGER_NODEID", "query-1");
    return underneath(variables);
  }

  private static void putRootKey(Map<String, String> variables, String rootKey) {
    variables.put("KEYLEDGER_ROOTKEYS_CURRENT", ROOT_KEY_ID);
    variables.put("KEYLEDGER_ROOTKEYS_KEYS_" + ROOT_KEY_ID.toUpperCase(Locale.ROOT), rootKey);
  }

  /**
   * What checkpoints are verified with, in its text form.
   *
   * @param logKey the local one, which counts unless the environment has another
   */
  static String verifierKey(Settings settings, String logKey) {
    String origin = settings.environment().getOrDefault(ORIGIN, LOG_ORIGIN);
    String key = settings.environment().getOrDefault(LOG_KEY, logKey);
    try {
      return NoteSigner.of(origin, Base64.getDecoder().decode(key)).verifierKey().toString();
    } catch (MalformedException | IllegalArgumentException e) {
      throw new IllegalStateException("The log's key is none; infra/log-key makes one.", e);
    }
  }

  private Map<String, String> common(Port port) {
    Map<String, String> variables = new HashMap<>();
    variables.put(ORIGIN, LOG_ORIGIN);
    variables.put(ADDRESS, "127.0.0.1");
    variables.put(PORT, Integer.toString(settings.port(port)));
    variables.put("SPRING_KAFKA_BOOTSTRAPSERVERS", kafka.bootstrapServers());
    variables.put("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_JWKSETURI", http.jwksUrl());
    variables.put("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI", issuer.url());
    return variables;
  }

  /**
   * What the user has set goes over what we would set: but where the services listen, which differs
   * between them and is set with the ports of all parts.
   */
  private Map<String, String> underneath(Map<String, String> variables) {
    Map<String, String> user = new HashMap<>(settings.environment());
    user.keySet().removeAll(List.of(ADDRESS, PORT));
    variables.putAll(user);
    return variables;
  }

  /** Names our database in a connection string that names none. */
  static String withDatabase(String uri) {
    int hosts = uri.indexOf("://") + 3;
    int options = uri.indexOf('?', hosts);
    String address = options < 0 ? uri : uri.substring(0, options);
    String rest = options < 0 ? "" : uri.substring(options);
    int slash = address.indexOf('/', hosts);
    if (slash < 0) {
      return address + "/" + LocalPostgres.DATABASE + rest;
    }
    return slash == address.length() - 1 ? address + LocalPostgres.DATABASE + rest : uri;
  }
}
