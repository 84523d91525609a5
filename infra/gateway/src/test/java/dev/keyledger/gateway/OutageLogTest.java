package dev.keyledger.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.keyledger.client.KeyledgerSigner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** What the log is told of a Keyledger that goes away and comes back, while requests come in. */
class OutageLogTest {
  private static final KeyledgerSigner SIGNER =
      KeyledgerSigner.hmacSha256(FakeVerifier.KEY, FakeVerifier.SECRET);

  private final Logger logger = (Logger) LoggerFactory.getLogger(KeyledgerFilter.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final FakeVerifier verifier = FakeVerifier.start();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Backend backend =
      Backend.behindProxyAnd(
          new KeyledgerFilter(
              GatewaySettings.of(verifier.uri()),
              _ -> Optional.of(Permission.READ),
              () -> Mono.just("a-token"),
              nanos::get));

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO); // tests are told of errors only, unless they ask
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    logger.setLevel(null);
    client.close();
    backend.close();
    verifier.close();
  }

  @Test
  void hearsOfAnOutageOnceAndOnceOfItsEnd() throws Exception {
    send(204);
    for (int outage = 1; outage <= 2; outage++) {
      verifier.says(503, "{}");
      send(503);
      verifier.says(500, "{}");
      send(503);
      send(503);
      assertThat(log.list).hasSize(2 * outage - 1);
      assertThat(log.list.getLast().getLevel()).isEqualTo(Level.WARN);
      assertThat(log.list.getLast().getFormattedMessage()).contains("Keyledger answered 503.");

      nanos.addAndGet(OutageLog.CALM.toNanos());
      verifier.refuses("key-disabled");
      send(401);
      send(401);
      assertThat(log.list).hasSize(2 * outage);
      assertThat(log.list.getLast().getLevel()).isEqualTo(Level.INFO);
    }
  }

  @Test
  void hearsNothingMoreWhileEveryOtherQuestionIsAnswered() throws Exception {
    for (int i = 0; i < 5; i++) {
      verifier.says(503, "{}");
      send(503);
      nanos.addAndGet(OutageLog.CALM.toNanos() - 1);
      verifier.refuses("key-disabled");
      send(401);
    }

    assertThat(levels()).containsExactly(Level.WARN);
  }

  @Test
  void hearsOfARequestThatCanNotBeAskedAboutEachTime() throws Exception {
    for (int i = 0; i < 2; i++) {
      HttpRequest unknown =
          HttpRequest.newBuilder(signed(), (_, _) -> true)
              .header("X-Forwarded-For", "unknown")
              .build();
      assertThat(client.send(unknown, BodyHandlers.discarding()).statusCode()).isEqualTo(503);
    }
    send(204);

    assertThat(levels()).containsExactly(Level.WARN, Level.WARN);
  }

  private List<Level> levels() {
    return log.list.stream().map(ILoggingEvent::getLevel).toList();
  }

  private void send(int status) throws Exception {
    assertThat(client.send(signed(), BodyHandlers.discarding()).statusCode()).isEqualTo(status);
  }

  private HttpRequest signed() {
    URI target = backend.uri("/v1/balances");
    return SIGNER.sign(HttpRequest.newBuilder(target).build());
  }
}
