package dev.keyledger.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;

/** Bodies of requests and their digests. */
final class Bodies {
  private Bodies() {}

  /** All bytes of a request's body; none if it has none. */
  static byte[] read(HttpRequest request) {
    return request.bodyPublisher().map(Bodies::read).orElse(new byte[0]);
  }

  /** The value of Content-Digest (RFC 9530, section 2). */
  static String digest(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256.", impossible);
    }
  }

  private static byte[] read(HttpRequest.BodyPublisher publisher) {
    Collector collector = new Collector();
    publisher.subscribe(collector);
    try {
      return collector.bytes.join();
    } catch (CompletionException e) {
      throw new UncheckedIOException(new IOException("The body can't be read.", e.getCause()));
    }
  }

  private static final class Collector implements Flow.Subscriber<ByteBuffer> {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> bytes = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer part) {
      byte[] read = new byte[part.remaining()];
      part.get(read);
      received.writeBytes(read);
    }

    @Override
    public void onError(Throwable failure) {
      bytes.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      bytes.complete(received.toByteArray());
    }
  }
}
