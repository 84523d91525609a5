package dev.keyledger.http.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import dev.keyledger.http.support.TestIssuer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JwkSetsTest {
  private final TestIssuer issuer = new TestIssuer();
  private final ManualClock clock = new ManualClock();
  private final JwkSets keys = new JwkSets(URI.create(issuer.keysUri()), clock);

  @AfterEach
  void stop() {
    issuer.close();
  }

  private List<JWK> find(String id) throws RemoteKeySourceException {
    return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null);
  }

  @Test
  void fetchesOnFirstUseOnly() throws RemoteKeySourceException {
    assertThat(issuer.fetches()).isZero();
    assertThat(find("key-1")).hasSize(1);
    assertThat(find("key-1")).hasSize(1);
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void followsARotation() throws RemoteKeySourceException {
    find("key-1");
    issuer.publish(TestIssuer.newKey("key-2"));
    clock.advance(Duration.ofSeconds(10));
    assertThat(find("key-2")).hasSize(1);
    assertThat(find("key-1")).isEmpty();
  }

  @Test
  void forgetsAWithdrawnKey() throws RemoteKeySourceException {
    find("key-1");
    issuer.publish(TestIssuer.newKey("key-2"));
    clock.advance(Duration.ofMinutes(5));
    assertThat(find("key-1")).isEmpty();
  }

  @Test
  void doesNotPassOnAFloodOfMadeUpKeyIds() throws RemoteKeySourceException {
    find("key-1");
    clock.advance(Duration.ofSeconds(10));
    for (int i = 0; i < 100; i++) {
      assertThat(find("made-up-" + i)).isEmpty();
    }
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void livesThroughAnOutage() throws RemoteKeySourceException {
    find("key-1");
    issuer.answerWith(500);
    clock.advance(Duration.ofHours(1));
    assertThat(find("key-1")).hasSize(1);
  }

  @Test
  void saysWhenNoKeysAreKnown() throws RemoteKeySourceException {
    issuer.answerWith(500);
    assertThatExceptionOfType(RemoteKeySourceException.class).isThrownBy(() -> find("key-1"));
    issuer.answerWith(200);
    clock.advance(Duration.ofSeconds(1));
    assertThat(find("key-1")).hasSize(1);
  }
}
