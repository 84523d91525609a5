package dev.keyledger.local;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Starts the whole of Keyledger on this machine and stops it again: what {@code infra/up} runs. */
public final class LocalPlatform {
  private static final String COMMAND_SIDE = "command-side";
  private static final String QUERY_SIDE = "query-side";

  private static final PrintStream OUT = System.out;

  private final Settings settings;
  private final DataFolder data;
  private final long began = System.nanoTime();
  private final ExecutorService starters = Executors.newThreadPerTaskExecutor(Thread::new);
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** What was started and is to be stopped, the last first. */
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  private final CompletableFuture<String> death = new CompletableFuture<>();

  private LocalPlatform(Settings settings, DataFolder data) {
    this.settings = settings;
    this.data = data;
  }

  /**
   * Runs until interrupted, or until a part dies: then the status is 1.
   *
   * @param arguments the root of the repository, and {@code --fresh} to begin without data
   */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) throws InterruptedException {
    try {
      Settings settings = Settings.read(Path.of(arguments[0]), System.getenv());
      DataFolder data = DataFolder.hold(settings.data());
      keepLogQuiet(settings);
      LocalPlatform platform = new LocalPlatform(settings, data);
      Runtime.getRuntime().addShutdownHook(new Thread(platform::stop, "stop"));
      platform.prepare(Arrays.asList(arguments).contains("--fresh"));
      platform.start();
      OUT.println(platform.death.get());
    } catch (LaunchException e) {
      OUT.println(e.getMessage());
    } catch (Exception e) {
      OUT.println("The local set-up failed: " + e);
    }
    return 1;
  }

  /** Clears away what an earlier launcher left, and looks whether all can start. */
  private void prepare(boolean fresh) throws Exception {
    for (String service : List.of(COMMAND_SIDE, QUERY_SIDE)) {
      ServiceProcess.stopOrphan(service, settings);
      if (!Files.exists(ServiceProcess.jar(service, settings))) {
        throw new LaunchException(
            "%s is not built: run infra/up.".formatted(ServiceProcess.jar(service, settings)));
      }
    }
    LocalPostgres.stopOrphan(data.resolve("postgres"));
    LocalMongo.stopOrphan(data.resolve("mongodb"));
    if (fresh) {
      data.deleteAll();
    }
    settings.checkPorts();
  }

  private void start() throws Exception {
    OUT.println("Starting Keyledger; its data are in " + settings.data());
    Future<LocalPostgres> postgres = begin("PostgreSQL", this::startPostgres);
    Future<LocalKafka> kafka = begin("Kafka", this::startKafka);
    Future<LocalMongo> mongo = begin("MongoDB", this::startMongo);
    LocalMail mail = keep(LocalMail.start(settings.port(Port.SMTP)));
    String url = "http://localhost:" + settings.port(Port.LOCAL);
    LocalIssuer issuer =
        LocalIssuer.open(data.resolve("issuer-key.json"), url, InstantSource.system());
    LocalHttp http = keep(LocalHttp.start(settings.port(Port.LOCAL), issuer, mail.box()));
    LocalPostgres database = result(postgres);
    LocalMongo views = result(mongo);
    Wiring wiring = new Wiring(settings, issuer, http, result(kafka));
    var _ =
        database.onExit().thenRun(() -> died("PostgreSQL ended; see " + settings.log("postgres")));
    ServiceProcess command =
        startService(
            COMMAND_SIDE, Port.COMMAND, wiring.commandSide(database, mail, data.rootKey()));
    ServiceProcess query = startService(QUERY_SIDE, Port.QUERY, wiring.querySide(views));
    command.awaitReady();
    query.awaitReady();
    OUT.println(table(views));
  }

  private LocalPostgres startPostgres() throws Exception {
    return LocalPostgres.start(
        data.resolve("postgres"), settings.log("postgres"), settings.port(Port.POSTGRES));
  }

  private LocalKafka startKafka() throws Exception {
    return LocalKafka.start(data.resolve("kafka"), settings.port(Port.KAFKA));
  }

  private LocalMongo startMongo() throws Exception {
    if (settings.mongoUri().isPresent()) {
      return LocalMongo.at(settings.mongoUri().get());
    }
    int port = settings.port(Port.MONGODB);
    var mongod = LocalMongo.findMongod(settings.environment());
    return mongod.isPresent()
        ? LocalMongo.mongod(mongod.get(), data.resolve("mongodb"), settings.log("mongodb"), port)
        : LocalMongo.standIn(port);
  }

  private ServiceProcess startService(String name, Port port, Map<String, String> variables)
      throws Exception {
    ServiceProcess service =
        keep(ServiceProcess.start(name, settings, settings.port(port), variables));
    var _ = service.onExit().thenRun(() -> died(service.death()));
    return service;
  }

  private <T extends AutoCloseable> Future<T> begin(String name, Callable<T> starter) {
    return starters.submit(() -> {
      try {
        return keep(starter.call());
      } catch (Exception e) {
        throw new LaunchException(name + " did not start: " + e.getMessage());
      }
    });
  }

  private static <T> T result(Future<T> part) throws Exception {
    try {
      return part.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private <T extends AutoCloseable> T keep(T part) {
    synchronized (running) {
      running.push(part);
    }
    return part;
  }

  /** Ends the launcher, unless the end is what was asked for. */
  private void died(String sentence) {
    try {
      // Ctrl-C reaches the services as soon as it reaches us, so give our own hook a moment.
      if (!stopping.await(1, TimeUnit.SECONDS)) {
        death.complete(sentence);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    stopping.countDown();
    OUT.println("Stopping Keyledger");
    starters.close(); // what is being started has to be stopped too
    synchronized (running) {
      running.stream()
          .filter(ServiceProcess.class::isInstance)
          .map(ServiceProcess.class::cast)
          .forEach(ServiceProcess::requestStop);
      running.forEach(LocalPlatform::close);
    }
    close(data);
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      OUT.println("Could not stop " + part.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private static void keepLogQuiet(Settings settings) {
    System.setProperty("keyledger.local.log", settings.log("local-platform").toString());
    System.setProperty("logback.configurationFile", "dev/keyledger/local/logback-launcher.xml");
    var _ = LoggerFactory.getILoggerFactory(); // before several threads do so at once
  }

  private String table(LocalMongo mongo) {
    double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
    return """

    Keyledger is ready after %.1f s.

      command side     http://localhost:%-6d changes a key ring
      query side       http://localhost:%-6d lists keys
      local platform   http://localhost:%-6d gives tokens, shows mails
      PostgreSQL       localhost:%-13d database and user %s
      Kafka            localhost:%-13d topic keyledger.events.v1
      MongoDB          %s
      SMTP             localhost:%-13d mails are at http://localhost:%d/dev/mail
      logs             %s

    Next, in another terminal: infra/demo
    Ctrl-C here stops everything; the data stay.
    """
        .formatted(
            seconds,
            settings.port(Port.COMMAND),
            settings.port(Port.QUERY),
            settings.port(Port.LOCAL),
            settings.port(Port.POSTGRES),
            LocalPostgres.DATABASE,
            settings.port(Port.KAFKA),
            mongo(mongo),
            settings.port(Port.SMTP),
            settings.port(Port.LOCAL),
            settings.data().resolve("logs"));
  }

  private String mongo(LocalMongo mongo) {
    return settings.mongoUri().isPresent()
        ? "the one given"
        : String.format(
            Locale.ROOT, "localhost:%-13d %s", settings.port(Port.MONGODB), mongo.kind());
  }
}
