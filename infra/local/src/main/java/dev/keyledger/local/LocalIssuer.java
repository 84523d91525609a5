package dev.keyledger.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stands in for the exchange's identity provider: gives anybody the token they ask for. */
public final class LocalIssuer {
  /** Who the tokens are for (RFC 7519, section 4.1.3). */
  public static final String AUDIENCE = "keyledger";

  /** How long a token lasts. */
  public static final Duration LIFETIME = Duration.ofHours(1);

  /** Where the keys are published, below the issuer's URL. */
  public static final String JWKS_PATH = "/.well-known/jwks.json";

  private static final int KEY_BITS = 2048;

  private final String url;
  private final RSAKey key;
  private final InstantSource clock;

  private LocalIssuer(String url, RSAKey key, InstantSource clock) {
    this.url = url;
    this.key = key;
    this.clock = clock;
  }

  /**
   * An issuer whose key lies in a file that only its owner may read, made at its first start.
   *
   * @param url the issuer's URL, the claim {@code iss}
   */
  public static LocalIssuer open(Path keyFile, String url, InstantSource clock) throws IOException {
    try {
      String jwk = PrivateFile.readOrCreate(keyFile, () -> newKey().toJSONString());
      return new LocalIssuer(url, RSAKey.parse(jwk), clock);
    } catch (ParseException e) {
      throw new IOException(keyFile + " holds no RSA key", e);
    }
  }

  /** An issuer with a key of its own that is gone with it. */
  public static LocalIssuer withNewKey(String url, InstantSource clock) {
    return new LocalIssuer(url, newKey(), clock);
  }

  public String url() {
    return url;
  }

  /**
   * Makes a token.
   *
   * @throws IllegalArgumentException with a sentence for the caller
   */
  public String token(TokenRequest request) {
    TokenRequest.Checked checked = request.check();
    Instant now = clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(url)
            .subject(checked.sub())
            .audience(List.of(AUDIENCE))
            .claim("scope", checked.scope())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .jwtID(UUID.randomUUID().toString());
    if (checked.email() != null) {
      claims.claim("email", checked.email());
    }
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(JOSEObjectType.JWT)
            .keyID(key.getKeyID())
            .build();
    try {
      SignedJWT token = new SignedJWT(header, claims.build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public key as a JWK set (RFC 7517, section 5). */
  public Map<String, Object> jwks() {
    return new JWKSet(key).toJSONObject(true);
  }

  /** The metadata that resource servers look for (OpenID Connect Discovery 1.0, section 3). */
  public Map<String, Object> configuration() {
    return Map.of(
        "issuer",
        url,
        "jwks_uri",
        url + JWKS_PATH,
        "token_endpoint",
        url + "/dev/token",
        "response_types_supported",
        List.of("token"),
        "subject_types_supported",
        List.of("public"),
        "id_token_signing_alg_values_supported",
        List.of("RS256"));
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(KEY_BITS)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
