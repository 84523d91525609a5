package dev.keyledger.http.support;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.test.context.DynamicPropertyRegistry;

/** An identity provider on loopback that issues whatever token a test asks for. */
public final class TestIssuer implements AutoCloseable {
  public static final String ISSUER = "https://id.example.com";

  private final RSAKey key = newKey("key-1");
  private final AtomicInteger fetches = new AtomicInteger();
  private final HttpServer server;
  private volatile int status = 200;
  private volatile JWKSet published = new JWKSet(key.toPublicJWK());

  public TestIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/jwks",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body = published.toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  /** Makes a service trust this issuer. */
  public void register(DynamicPropertyRegistry registry) {
    String prefix = "spring.security.oauth2.resourceserver.jwt.";
    registry.add(prefix + "issuer-uri", () -> ISSUER);
    registry.add(prefix + "jwk-set-uri", this::keysUri);
  }

  public String keysUri() {
    return "http://localhost:" + server.getAddress().getPort() + "/jwks";
  }

  /** The status that the keys are answered with from now on. */
  public void answerWith(int status) {
    this.status = status;
  }

  /** How often the keys were asked for. */
  public int fetches() {
    return fetches.get();
  }

  public RSAKey key() {
    return key;
  }

  /** Replaces the published keys. */
  public void publish(RSAKey... keys) {
    published = new JWKSet(List.of(keys)).toPublicJWKSet();
  }

  /** A good token of an account with an address, for its own key ring. */
  public String token(String accountId) {
    return sign(claims(accountId).build());
  }

  /** The claims of a good token; change what the test is about. */
  public static JWTClaimsSet.Builder claims(String accountId) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("keyledger")
        .subject(accountId)
        .claim("email", accountId + "@example.com")
        .claim("scope", "keys:manage")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  public String sign(JWTClaimsSet claims) {
    return sign(claims, key);
  }

  public static String sign(JWTClaimsSet claims, RSAKey key) {
    return sign(claims, key, JOSEObjectType.JWT);
  }

  public static String sign(JWTClaimsSet claims, RSAKey key, JOSEObjectType type) {
    try {
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(type).build();
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public static RSAKey newKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
