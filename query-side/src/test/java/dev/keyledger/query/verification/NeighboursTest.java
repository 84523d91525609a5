package dev.keyledger.query.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.verification.VerificationSettings.Guard;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Whether a node finds out that it is one of several. */
class NeighboursTest {
  private final FakeNodes nodes = new FakeNodes();

  @Test
  void aNodeOnLocalThatIsOneOfSeveralSaysSo() {
    Neighbours neighbours = new Neighbours(nodes, ReplayGuard.off(), Guard.LOCAL);
    neighbours.look().block();
    assertThat(neighbours.guardsAlone()).isFalse();

    nodes.others.set(2);
    neighbours.look().block();
    assertThat(neighbours.guardsAlone()).isTrue();
    assertThat(neighbours.others()).isEqualTo(2);

    nodes.others.set(0);
    neighbours.look().block();
    assertThat(neighbours.guardsAlone()).isFalse();
  }

  @Test
  void whatTheOthersShareOrNobodyGuardsIsNoMatter() {
    nodes.others.set(1);
    for (Guard guard : new Guard[] {Guard.SHARED, Guard.OFF}) {
      Neighbours neighbours = new Neighbours(nodes, ReplayGuard.off(), guard);
      neighbours.look().block();
      assertThat(neighbours.guardsAlone()).isFalse();
    }
  }

  @Test
  void itLooksWhenItStartsAndLeavesWhenItStops() {
    Neighbours neighbours = new Neighbours(nodes, ReplayGuard.off(), Guard.LOCAL);
    neighbours.start();
    assertThat(neighbours.isRunning()).isTrue();
    neighbours.stop();

    assertThat(nodes.left).isTrue();
    assertThat(neighbours.isRunning()).isFalse();
  }

  private static final class FakeNodes implements Nodes {
    private final AtomicInteger others = new AtomicInteger();
    private final AtomicBoolean left = new AtomicBoolean();

    @Override
    public Mono<Integer> others() {
      return Mono.fromSupplier(others::get);
    }

    @Override
    public Mono<Void> leave() {
      return Mono.fromRunnable(() -> left.set(true));
    }
  }
}
