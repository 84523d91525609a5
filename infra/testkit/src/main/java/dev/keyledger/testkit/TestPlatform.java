package dev.keyledger.testkit;

import dev.keyledger.local.LocalHttp;
import dev.keyledger.local.LocalIssuer;
import dev.keyledger.local.LocalMail;
import dev.keyledger.local.MailBox;
import dev.keyledger.local.QuietLogs;
import dev.keyledger.local.TokenRequest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What tests of the services run against, shared by all tests of a JVM and closed at its end.
 *
 * <p>The one switch is the system property {@value #SWITCH} (or {@code KEYLEDGER_TEST_PLATFORM}):
 * {@code docker}, {@code local}, or {@code auto}, the default: Docker if it answers. Mail and
 * tokens come from the local parts in both.
 *
 * <p>A test that takes a part down starts one of its own, say {@code LocalKafka.start(folder,
 * port)}, and starts it again on the same folder and port.
 */
public final class TestPlatform {
  /** The switch between containers and local parts. */
  public static final String SWITCH = "keyledger.test.platform";

  /** The issuer that the services are told to trust; its keys are at {@link #jwksUrl()}. */
  public static final String ISSUER = "https://identity.exchange.example";

  /** The only root key: 32 bytes that no other place may use. */
  public static final String ROOT_KEY = "dGVzdC1vbmx5LXJvb3Qta2V5LXRlc3Qtb25seS1rZXk=";

  /** The name of the log. */
  public static final String LOG_ORIGIN = "keyledger.test/log";

  /** The private key of the log: 32 bytes that no other place may use. */
  public static final String LOG_KEY = "dGVzdC1vbmx5LWxvZy1rZXktdGVzdC1vbmx5LWxvZy0=";

  /** What the log's checkpoints are verified with. */
  public static final String LOG_VERIFIER_KEY =
      "keyledger.test/log+e61ee710+Acd1m+mMJC4VX1csL2Mua6aHPXTgbLaAkNHZFizkEeei";

  private final AtomicInteger counter = new AtomicInteger();
  private final Engines engines;
  private final LocalMail mail;
  private final LocalIssuer issuer;
  private final LocalHttp http;

  private TestPlatform() throws Exception {
    engines = usesDocker() ? new ContainerEngines() : new LocalEngines();
    mail = LocalMail.start(0);
    issuer = LocalIssuer.withNewKey(ISSUER, InstantSource.system());
    http = LocalHttp.start(0, issuer, mail.box());
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "test-platform-close"));
  }

  /** The platform of this JVM; the engines start when they are first asked for. */
  public static TestPlatform get() {
    return Holder.INSTANCE;
  }

  /** Makes an empty PostgreSQL database that nobody else uses. */
  public Database freshDatabase() {
    return unchecked(() -> engines.createDatabase(freshName("test")));
  }

  /** Kafka's bootstrap servers; topics are made by whoever needs them. */
  public String bootstrapServers() {
    return unchecked(engines::kafka);
  }

  /** The connection string of a MongoDB database that nobody else uses. */
  public String freshMongoDatabase() {
    return unchecked(() -> engines.mongo() + "/" + freshName("test"));
  }

  /** A name that was not given before: for a topic, an account, a consumer group. */
  public String freshName(String prefix) {
    return prefix + "_" + ProcessHandle.current().pid() + "_" + counter.incrementAndGet();
  }

  /** The SMTP server, on {@code 127.0.0.1}. */
  public int smtpPort() {
    return mail.port();
  }

  /** Where the mails arrive. */
  public MailBox mailBox() {
    return mail.box();
  }

  /** Where the public key of {@link #ISSUER} is. */
  public String jwksUrl() {
    return http.jwksUrl();
  }

  /** A token that the services accept; {@code keys:manage} is its scope unless others are given. */
  public String token(String sub, @Nullable String email, String... scopes) {
    String scope = scopes.length == 0 ? null : String.join(" ", scopes);
    return issuer.token(new TokenRequest(sub, email, scope));
  }

  /** The Spring properties of a command side with a database of its own, on a free port. */
  public Map<String, String> commandSideProperties() {
    Map<String, String> properties = commonProperties();
    Database database = freshDatabase();
    properties.put("spring.datasource.url", database.jdbcUrl());
    properties.put("spring.datasource.username", database.user());
    properties.put("spring.datasource.password", database.password());
    properties.put("spring.mail.host", "127.0.0.1");
    properties.put("spring.mail.port", Integer.toString(smtpPort()));
    properties.put("keyledger.node-id", "command-1");
    properties.put("keyledger.log.key", LOG_KEY);
    return properties;
  }

  /** The Spring properties of a query side with a database of its own, on a free port. */
  public Map<String, String> querySideProperties() {
    Map<String, String> properties = commonProperties();
    properties.put("spring.mongodb.uri", freshMongoDatabase());
    properties.put("keyledger.node-id", "query-1");
    properties.put("keyledger.log.verifier-key", LOG_VERIFIER_KEY);
    return properties;
  }

  private Map<String, String> commonProperties() {
    Map<String, String> properties = new HashMap<>();
    properties.put("server.address", "127.0.0.1");
    properties.put("server.port", "0");
    properties.put("keyledger.root-keys.current", "test");
    properties.put("keyledger.root-keys.keys.test", ROOT_KEY);
    properties.put("keyledger.log.origin", LOG_ORIGIN);
    properties.put("spring.kafka.bootstrap-servers", bootstrapServers());
    properties.put("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", jwksUrl());
    properties.put("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER);
    QuietLogs.LOGGERS.forEach(name -> properties.put("logging.level." + name, "ERROR"));
    return properties;
  }

  private void close() {
    http.close();
    mail.close();
    unchecked(() -> {
      engines.close();
      return this;
    });
  }

  private static boolean usesDocker() throws InterruptedException {
    String environment = System.getenv().getOrDefault("KEYLEDGER_TEST_PLATFORM", "auto");
    String choice = System.getProperty(SWITCH, environment).toLowerCase(Locale.ROOT);
    return switch (choice) {
      case "docker" -> true;
      case "local" -> false;
      case "auto" -> Docker.answers(System.getenv());
      default -> throw new IllegalArgumentException(SWITCH + " is auto, docker or local");
    };
  }

  private interface Step<T> {
    T run() throws Exception;
  }

  private static <T> T unchecked(Step<T> step) {
    try {
      return step.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("The test platform failed", e);
    }
  }

  private static final class Holder {
    static final TestPlatform INSTANCE = unchecked(TestPlatform::new);
  }
}
