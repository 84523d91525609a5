package dev.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Several accounts make and delete keys while both services are killed at moments that nobody
 * chose. What was acknowledged is there in the end, once; what was not may be there or not.
 */
class KillAtRandomIT {
  private static final int ACCOUNTS = 3;
  private static final int KILLS = 3;
  private static final int OPERATIONS_BETWEEN_KILLS = 5;

  /** Far from the most that an account may have, also where some were made unnoticed. */
  private static final int KEYS_AT_MOST = 4;

  private static final long SEED = 20261122;
  private static final Duration SOON = Duration.ofSeconds(90);

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger acknowledged = new AtomicInteger();

  @Test
  void nothingAcknowledgedIsLostAndNothingHappensTwice(@TempDir Path logs) throws Exception {
    Map<String, String> settings =
        Map.of(
            "keyledger.two-factor.policy", "if-enrolled", "keyledger.codes.resend-cooldown", "0s");
    try (Setup setup = new Setup(logs, settings);
        ExecutorService workers = Executors.newFixedThreadPool(ACCOUNTS)) {
      List<Worker> accounts = new ArrayList<>();
      for (int i = 0; i < ACCOUNTS; i++) {
        accounts.add(new Worker(setup.newAccount()));
      }
      List<Future<?>> running = accounts.stream().<Future<?>>map(workers::submit).toList();
      try {
        killNowAndThen(setup);
      } finally {
        over.set(true);
      }
      for (Future<?> worker : running) {
        worker.get();
      }
      for (Worker worker : accounts) {
        worker.check(setup);
      }
    }
  }

  private void killNowAndThen(Setup setup) {
    Random random = new Random(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      int goal = acknowledged.get() + 1 + random.nextInt(OPERATIONS_BETWEEN_KILLS);
      Awaitility.await().atMost(SOON).until(() -> acknowledged.get() >= goal);
      ServiceProcess victim = kill % 3 == 2 ? setup.query() : setup.command();
      victim.kill();
      victim.start();
      victim.awaitReady();
    }
    int goal = acknowledged.get() + OPERATIONS_BETWEEN_KILLS;
    Awaitility.await().atMost(SOON).until(() -> acknowledged.get() >= goal);
  }

  /** One account that makes keys and deletes them, and remembers what was acknowledged. */
  private final class Worker implements Runnable {
    private final AccountHolder account;
    private final Set<String> made = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();
    private final Set<String> uncertain = new HashSet<>();
    private int labels;
    private boolean interrupted;

    Worker(AccountHolder account) {
      this.account = account;
    }

    @Override
    public void run() {
      while (!over.get()) {
        try {
          String key = make();
          made.add(key);
          acknowledged.incrementAndGet();
          if (made.size() - uncertain.size() >= KEYS_AT_MOST) {
            uncertain.add(key);
            delete(key);
            deleted.add(key);
            acknowledged.incrementAndGet();
          }
        } catch (UncheckedIOException | ServiceAwayException killed) {
          // In between: what came of the last request, nobody can know.
          interrupted = true;
        }
      }
    }

    private String make() {
      Answer asked = account.command("POST", "/v1/keys", Map.of("label", "Bot " + ++labels + " a"));
      return confirm(asked).expect(201).body().path("key").path("publicApiKey").asString();
    }

    private void delete(String key) {
      confirm(account.command("DELETE", "/v1/keys/" + key, null)).expect(200);
    }

    /** The mail of a challenge whose answer was lost may come before that of this one. */
    private Answer confirm(Answer asked) {
      JsonNode challenge = present(asked).expect(202).body();
      Answer answer = present(account.verify(challenge, account.awaitCodeMail().code()));
      while (interrupted && answer.code().equals("wrong-code")) {
        answer = present(account.verify(challenge, account.awaitCodeMail().code()));
      }
      return answer;
    }

    private static Answer present(Answer answer) {
      if (answer.status() == 503) {
        throw new ServiceAwayException();
      }
      return answer;
    }

    void check(Setup setup) {
      // Any command tells the present position, also a refused one.
      account.command("DELETE", "/v1/keys/nothing", null).expect(404);
      List<JsonNode> keys =
          account.query("/v1/keys").expect(200).body().path("keys").valueStream().toList();
      List<String> listed = keys.stream().map(k -> k.path("publicApiKey").asString()).toList();
      Set<String> certain = new HashSet<>(made);
      certain.removeAll(uncertain);

      assertThat(listed).doesNotHaveDuplicates().containsAll(certain).noneMatch(deleted::contains);
      assertThat(keys).extracting(k -> k.path("label").asString()).doesNotHaveDuplicates();
      try (EventReader reader = new EventReader(setup.endpoints().kafka(), account.accountId())) {
        List<EventReader.Event> events = reader.readUntil(account.position(), SOON);
        assertThat(events.stream().map(EventReader.Event::position).distinct().toList())
            .isEqualTo(LongStream.rangeClosed(1, account.position()).boxed().toList());
        Map<String, List<EventReader.Event>> byId =
            events.stream().collect(java.util.stream.Collectors.groupingBy(EventReader.Event::id));
        assertThat(byId.values())
            .allSatisfy(repeats ->
                assertThat(repeats)
                    .extracting(EventReader.Event::json)
                    .containsOnly(repeats.getFirst().json()));
      }
    }
  }

  /** A service that said so itself: it is on its way up or down. */
  private static final class ServiceAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
