package dev.keyledger.query.verification;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.keyDisabled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.crypto.ApiSecrets;
import dev.keyledger.crypto.Ed25519Verifier;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.events.RateLimit;
import dev.keyledger.query.TestKey;
import dev.keyledger.query.memory.Credential;
import dev.keyledger.query.memory.KeyId;
import dev.keyledger.query.memory.TestMemory;
import dev.keyledger.query.verification.ReplayGuard.Use;
import dev.keyledger.query.verification.Verdict.Refused;
import dev.keyledger.query.verification.Verdict.Unanswered;
import dev.keyledger.query.verification.Verdict.Valid;
import dev.keyledger.query.verification.VerificationSettings.Guard;
import dev.keyledger.query.views.NotYetVisibleException;
import dev.keyledger.signatures.ParsedSignature.Signature;
import dev.keyledger.testkit.TestPlatform;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What happens where an answer takes a while: that of the replay guard, or the wait for events. */
class VerifierTest {
  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final Duration STALE_AFTER = Duration.ofSeconds(2);
  private static final Duration MAX_WAIT = Duration.ofMinutes(1);
  private static final InetAddress SOURCE = InetAddress.ofLiteral("203.0.113.7");

  private final ManualClock clock = new ManualClock();
  private final TestMemory memory = new TestMemory(clock);
  private final TestKey key = TestKey.hmac();
  private Runnable whileGuardIsAsked = () -> {};
  private int used;
  private int checked;
  private long nanos;
  private final Verifier verifier = verifier();

  @BeforeEach
  void hearFromTheTopic() {
    memory.caughtUp();
  }

  @Test
  void aSignatureThatGetsTooOldWhileTheGuardIsAskedIsRefused() {
    memory.apply(key.created("alice"));
    whileGuardIsAsked = () -> clock.advance(WINDOW.plusNanos(1));

    assertThat(ask("trade", "n1"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_OLD));
  }

  @Test
  void aNodeThatGetsStaleWhileTheGuardIsAskedSaysNothing() {
    memory.apply(key.created("alice"));
    whileGuardIsAsked = () -> memory.silence(STALE_AFTER.toNanos() + 1);

    assertThat(ask("trade", "n1")).isEqualTo(new Unanswered(Outage.STALE));
  }

  @Test
  void aLimitedKeyUsesNoMoreNonces() {
    memory.apply(key.created("alice", List.of(), new RateLimit(1, 2), null));
    assertThat(ask("trade", "n0")).isInstanceOf(Valid.class);
    assertThat(ask(null, "n1")).isInstanceOf(Valid.class);

    for (int n = 2; n < 100; n++) {
      assertThat(ask(n % 2 == 0 ? "trade" : null, "n" + n))
          .isEqualTo(new Refused(Reason.RATE_LIMITED, OptionalLong.of(1), Duration.ofSeconds(1)));
    }
    assertThat(used).isEqualTo(2);

    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(ask("trade", "n2")).isInstanceOf(Valid.class);
  }

  @Test
  void whoLosesTheRaceForTheLastTokenIsLimited() {
    memory.apply(key.created("alice", List.of(), new RateLimit(1, 1), null));
    whileGuardIsAsked =
        () -> {
          whileGuardIsAsked = () -> {};
          assertThat(ask("trade", "first")).isInstanceOf(Valid.class);
        };

    assertThat(ask("trade", "second"))
        .isEqualTo(new Refused(Reason.RATE_LIMITED, OptionalLong.of(1), Duration.ofSeconds(1)));
  }

  @Test
  void aSignatureIsCheckedOnceAlsoWhereItsAccountMovesOnMeanwhile() {
    for (TestKey signer : List.of(TestKey.hmac(), TestKey.ed25519())) {
      String account = "account of " + signer.publicApiKey();
      memory.apply(signer.created(account));
      checked = 0;

      CompletableFuture<Verdict> answer = verifier.verify(atPosition(2, signer)).toFuture();
      assertThat(checked).isEqualTo(1);
      assertThat(answer).isNotDone();
      memory.apply(keyDisabled(account, signer.publicApiKey(), NOON));

      assertThat(answer)
          .isCompletedWithValue(
              new Refused(Reason.KEY_DISABLED, OptionalLong.of(2), Duration.ZERO));
      assertThat(checked).isEqualTo(1);
    }
  }

  @Test
  void aKeyThatIsAnotherOneAfterTheWaitIsCheckedAnew() {
    TestKey signer = TestKey.ed25519();
    memory.apply(signer.created("alice"));

    CompletableFuture<Verdict> answer = verifier.verify(atPosition(3, signer)).toFuture();
    memory.apply(
        keyDeleted("alice", signer.publicApiKey()),
        TestKey.ed25519().named(signer.publicApiKey()).created("alice"));

    assertThat(answer).isCompletedWithValue(Refused.of(Reason.SIGNATURE_MISMATCH));
    assertThat(checked).isEqualTo(2);
  }

  @Test
  void aKeyThatComesWithThePositionIsChecked() {
    CompletableFuture<Verdict> answer = verifier.verify(atPosition(1, key)).toFuture();
    memory.apply(TestKey.ed25519().named(key.publicApiKey()).created("alice"));

    assertThat(answer).isCompletedWithValue(Refused.of(Reason.SIGNATURE_MISMATCH));
  }

  @Test
  void aStaleNodeDoesNotWaitForAPosition() {
    memory.silence(STALE_AFTER.toNanos() + 1);

    assertThat(verifier.verify(atPosition(1, key)).toFuture())
        .isCompletedWithValue(new Unanswered(Outage.STALE));
  }

  @Test
  void aNodeThatGetsStaleWhileItWaitsForAPositionSaysSo() {
    memory.apply(key.created("alice"));

    StepVerifier.withVirtualTime(() -> verifier.verify(atPosition(2, key)))
        .expectSubscription()
        .then(() -> memory.silence(STALE_AFTER.toNanos() + 1))
        .thenAwait(MAX_WAIT)
        .expectNext(new Unanswered(Outage.STALE))
        .verifyComplete();
  }

  @Test
  void aPositionThatDoesNotComeToANodeThatIsFreshIsNotVisibleYet() {
    StepVerifier.withVirtualTime(() -> verifier.verify(atPosition(1, key)))
        .expectSubscription()
        .thenAwait(MAX_WAIT)
        .verifyError(NotYetVisibleException.class);
  }

  private Question atPosition(long position, TestKey signer) {
    return new Question(signer.sign(clock.instant(), "n1"), "trade", SOURCE, position);
  }

  private Verdict ask(@Nullable String permission, String nonce) {
    Question question = new Question(key.sign(clock.instant(), nonce), permission, SOURCE, 0);
    return Objects.requireNonNull(verifier.verify(question).block());
  }

  private Verifier verifier() {
    ReplayGuard guard =
        (_, _, _) ->
            Mono.fromSupplier(() -> {
              used++;
              whileGuardIsAsked.run();
              return Use.FRESH;
            });
    VerificationSettings settings =
        new VerificationSettings(
            WINDOW,
            Duration.ofSeconds(5),
            Guard.SHARED,
            1,
            STALE_AFTER,
            false,
            Duration.ofHours(1),
            null);
    RootKeys rootKeys =
        new RootKeys(TestKey.ROOT_KEY_ID, Map.of(TestKey.ROOT_KEY_ID, TestPlatform.ROOT_KEY));
    Ed25519Verifier ed25519 = Ed25519Verifier.fastest();
    return new Verifier(
        settings,
        MAX_WAIT,
        memory.live(),
        new Signatures(ed25519, new ApiSecrets(rootKeys)) {
          @Override
          boolean fit(KeyId id, Credential credential, Signature signature) {
            checked++;
            return super.fit(id, credential, signature);
          }
        },
        guard,
        new RateLimits(() -> nanos),
        new UsageLog(new InMemoryUsageStore(), memory.live(), clock, settings.usageInterval()),
        new VerificationMetrics(
            new SimpleMeterRegistry(),
            memory.live(),
            guard,
            new Neighbours(new Alone(), guard, settings.replayGuard()),
            ed25519.name()),
        clock);
  }

  /** There is no other node. */
  private static final class Alone implements Nodes {
    @Override
    public Mono<Integer> others() {
      return Mono.just(0);
    }

    @Override
    public Mono<Void> leave() {
      return Mono.empty();
    }
  }
}
