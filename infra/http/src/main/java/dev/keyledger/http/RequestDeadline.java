package dev.keyledger.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which a request, its header included, takes too long to come. One that
 * comes in one piece costs no timer.
 */
final class RequestDeadline {
  private final Duration patience;
  private @Nullable Future<?> deadline;

  /** Whether a part of a request came, and not yet its end. */
  private boolean begun;

  private RequestDeadline(Duration patience) {
    this.patience = patience;
  }

  /**
   * Watches a connection.
   *
   * @param codec name of the handler that makes requests of bytes
   * @param patience from the first pause within a request to its end
   */
  static void add(ChannelPipeline pipeline, String codec, Duration patience) {
    RequestDeadline deadline = new RequestDeadline(patience);
    pipeline.addBefore(codec, null, deadline.new Bytes());
    pipeline.addAfter(codec, null, deadline.new Messages());
  }

  private void stop() {
    begun = false;
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private static void hangUp(ChannelHandlerContext ctx) {
    ChannelFuture _ = ctx.close();
  }

  private final class Bytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
      begun = true;
      ctx.fireChannelRead(bytes);
    }
  }

  private final class Messages extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof LastHttpContent) {
        stop();
      } else {
        begun = true;
      }
      ctx.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      if (begun && deadline == null) {
        deadline =
            ctx.executor().schedule(() -> hangUp(ctx), patience.toNanos(), TimeUnit.NANOSECONDS);
      }
      ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      stop();
      ctx.fireChannelInactive();
    }
  }
}
