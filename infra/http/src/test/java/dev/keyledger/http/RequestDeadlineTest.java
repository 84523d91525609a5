package dev.keyledger.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDeadlineTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String WHOLE = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";
  private static final long NONE = -1;

  private final EmbeddedChannel channel = new EmbeddedChannel();

  @BeforeEach
  void watch() {
    channel.freezeTime();
    channel.pipeline().addLast("codec", new HttpServerCodec());
    RequestDeadline.add(channel.pipeline(), "codec", PATIENCE);
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @ParameterizedTest
  @ValueSource(strings = {WHOLE, WHOLE + WHOLE, "GET / HTTP/1.1\r\n\r\n"})
  void startsNoTimerForWhatComesInOnePiece(String requests) {
    receive(requests);

    assertThat(channel.runScheduledPendingTasks()).isEqualTo(NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 46, 50})
  void hangsUpWhenTheRestDoesNotComeInTime(int sent) {
    receive(WHOLE);
    receive(WHOLE.substring(0, sent));

    pass(PATIENCE.minusNanos(1));
    assertThat(channel.isOpen()).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void grantsNoMoreTimeForEachByte() {
    for (int i = 0; i < 10; i++) {
      receive(WHOLE.substring(i, i + 1));
      pass(PATIENCE.dividedBy(10));
    }

    assertThat(channel.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 46, 50})
  void letsTheTimerGoWhenTheRestComes(int sent) {
    receive(WHOLE.substring(0, sent));
    pass(PATIENCE.minusNanos(1));
    receive(WHOLE.substring(sent));

    assertThat(channel.runScheduledPendingTasks()).isEqualTo(NONE);
  }

  @Test
  void leavesWaitingConnectionsAlone() {
    receive(WHOLE);
    channel.pipeline().fireChannelReadComplete();

    assertThat(channel.runScheduledPendingTasks()).isEqualTo(NONE);
  }

  @Test
  void forgetsConnectionsThatEnd() {
    receive(WHOLE.substring(0, 20));
    channel.close().syncUninterruptibly();

    assertThat(channel.runScheduledPendingTasks()).isEqualTo(NONE);
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
  }

  private void pass(Duration time) {
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }
}
