package dev.keyledger.http.security;

import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of the identity provider (RFC 7517), fetched when the first token comes in.
 *
 * <p>They are fetched again when they are a few minutes old, and when a token names a key that is
 * not among them, but never often: tokens with made-up key ids must not turn into calls to the
 * identity provider. While it can't be reached, the keys known so far stay in use. Blocking.
 */
final class JwkSets implements JWKSource<SecurityContext> {
  private static final Logger log = LoggerFactory.getLogger(JwkSets.class);
  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final Duration MIN_INTERVAL = Duration.ofSeconds(10);
  private static final Duration MIN_INTERVAL_WITHOUT_KEYS = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final long MAX_BYTES = 256 * 1024;

  private final URI uri;
  private final Clock clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private @Nullable HttpClient client;
  private volatile @Nullable JWKSet keys;
  private volatile Instant fetchedAt = Instant.EPOCH;
  private volatile Instant triedAt = Instant.EPOCH;

  JwkSets(URI uri, Clock clock) {
    this.uri = uri;
    this.clock = clock;
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws RemoteKeySourceException {
    JWKSet known = keys;
    if (known == null) {
      known = refresh();
    } else if (isDue(fetchedAt, MAX_AGE) && !fetching.isLocked()) {
      // One caller waits for the new keys; the others go on with those there are.
      known = refresh();
    }
    List<JWK> matches = selector.select(known);
    return matches.isEmpty() ? selector.select(refresh()) : matches;
  }

  private JWKSet refresh() throws RemoteKeySourceException {
    fetching.lock();
    try {
      JWKSet known = keys;
      if (isDue(triedAt, known == null ? MIN_INTERVAL_WITHOUT_KEYS : MIN_INTERVAL)) {
        known = fetch(known);
      }
      if (known == null) {
        throw new RemoteKeySourceException("The keys of the identity provider are not known", null);
      }
      return known;
    } finally {
      fetching.unlock();
    }
  }

  private @Nullable JWKSet fetch(@Nullable JWKSet known) {
    triedAt = clock.instant();
    try {
      JWKSet fetched = JWKSet.parse(download());
      keys = fetched;
      fetchedAt = triedAt;
      return fetched;
    } catch (IOException | UncheckedIOException | ParseException e) {
      log.warn("The keys of the identity provider can't be fetched from {}: {}", uri, e.toString());
      return known;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return known;
    }
  }

  private String download() throws IOException, InterruptedException {
    if (client == null) {
      client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    }
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
    HttpResponse<String> response =
        client.send(
            request,
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_BYTES));
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return response.body();
  }

  private boolean isDue(Instant last, Duration interval) {
    return !clock.instant().isBefore(last.plus(interval));
  }
}
