package dev.keyledger.local;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** All parts of the local set-up: starts them, wires them, and stops them in order. */
final class Parts implements AutoCloseable {
  static final String COMMAND_SIDE = "command-side";
  static final String QUERY_SIDE = "query-side";

  private final Settings settings;
  private final DataFolder data;
  private final Run run;
  private final ExecutorService starters = Executors.newThreadPerTaskExecutor(Thread::new);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CompletableFuture<String> death = new CompletableFuture<>();

  /** What was started and is to be stopped, the last first. */
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  private final List<ServiceProcess> services = new ArrayList<>();

  Parts(Settings settings, DataFolder data, Run run) {
    this.settings = settings;
    this.data = data;
    this.run = run;
  }

  /** How a service's image is run. */
  interface Run {
    List<String> arguments(ServiceImage image) throws IOException, InterruptedException;
  }

  /** Clears away what an earlier launcher left, and looks whether all can start. */
  void clearAway(boolean fresh) throws Exception {
    for (String service : List.of(COMMAND_SIDE, QUERY_SIDE)) {
      ServiceProcess.stopOrphan(service, settings);
      if (!new ServiceImage(service, settings.home()).isBuilt()) {
        throw new LaunchException("The " + service + " is not built yet: run infra/up.");
      }
    }
    LocalPostgres.stopOrphan(data.resolve("postgres"));
    LocalMongo.stopOrphan(data.resolve("mongodb"));
    if (fresh) {
      data.deleteAll();
    }
    settings.checkPorts();
  }

  /** Starts all and waits until both services are ready; tells which MongoDB it is. */
  String start() throws Exception {
    Future<LocalPostgres> postgres = begin("PostgreSQL", this::startPostgres);
    Future<LocalKafka> kafka = begin("Kafka", this::startKafka);
    Future<LocalMongo> mongo = begin("MongoDB", this::startMongo);
    LocalMail mail = keep(LocalMail.start(settings.port(Port.SMTP)));
    String url = "http://localhost:" + settings.port(Port.LOCAL);
    LocalIssuer issuer =
        LocalIssuer.open(data.resolve("issuer-key.json"), url, InstantSource.system());
    LocalHttp http = keep(LocalHttp.start(settings.port(Port.LOCAL), issuer, mail.box()));
    LocalPostgres events = result(postgres);
    LocalMongo views = result(mongo);
    data.noteVerifierKey(Wiring.verifierKey(settings, data.logKey()));
    LocalKafka topics = result(kafka);
    var _ =
        topics
            .onDeath()
            .thenAccept(sentence -> died(sentence + "; see " + settings.log("local-platform")));
    Wiring wiring = new Wiring(settings, issuer, http, topics);
    var _ =
        events.onExit().thenRun(() -> died("PostgreSQL ended; see " + settings.log("postgres")));
    startService(COMMAND_SIDE, Port.COMMAND, wiring.commandSide(events, mail, data));
    startService(QUERY_SIDE, Port.QUERY, wiring.querySide(views, data));
    for (ServiceProcess service : services) {
      service.awaitReady();
    }
    return views.description();
  }

  /** Waits until a part ends by itself and says so. */
  String awaitDeath() throws InterruptedException, ExecutionException {
    return death.get();
  }

  /** Stops the services only, with more patience than {@link #close} has. */
  void stopServices(Duration patience) throws IOException, InterruptedException {
    stopping.countDown();
    services.forEach(ServiceProcess::requestStop);
    for (ServiceProcess service : services) {
      service.stop(patience);
    }
  }

  @Override
  public void close() throws Exception {
    stopping.countDown();
    starters.close(); // what is being started has to be stopped too
    List<Exception> failures = new ArrayList<>();
    synchronized (running) {
      services.forEach(ServiceProcess::requestStop);
      while (!running.isEmpty()) {
        try {
          running.pop().close();
        } catch (Exception e) {
          failures.add(e);
        }
      }
    }
    data.close();
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
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

  private void startService(String name, Port port, Map<String, String> variables)
      throws Exception {
    List<String> what = run.arguments(new ServiceImage(name, settings.home()));
    ServiceProcess service =
        keep(ServiceProcess.start(name, settings, settings.port(port), what, variables));
    services.add(service);
    var _ = service.onExit().thenRun(() -> died(service.death()));
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
}
