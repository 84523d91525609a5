package dev.keyledger.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Secrets of keys, with the root keys that they were made with. */
class ApiSecretsTest {
  private static final String KEY = "kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUDa";

  private final ApiSecrets secrets =
      new ApiSecrets(new RootKeys("b", Map.of("a", Keys.counted(0), "b", Keys.counted(1))));

  @Test
  void differByKeyAndRootKeyAndStayTheSame() {
    String secret = secrets.derive("a", KEY).reveal();

    assertThat(KeyForm.API_SECRET.fits(secret)).isTrue();
    assertThat(secrets.derive("a", KEY).reveal()).isEqualTo(secret);
    assertThat(secrets.derive("b", KEY).reveal()).isNotEqualTo(secret);
    assertThat(secrets.derive("a", KEY + "x").reveal()).isNotEqualTo(secret);
  }

  @Test
  void cannotBeHadWithoutTheirRootKey() {
    assertThatThrownBy(() -> secrets.derive("gone", KEY))
        .isInstanceOf(UnknownRootKeyException.class)
        .hasMessage("Root key 'gone' is not configured.");
  }
}
