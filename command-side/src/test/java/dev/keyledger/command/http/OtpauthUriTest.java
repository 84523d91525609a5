package dev.keyledger.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtpauthUriTest {

  @Test
  void escapesNames() {
    assertThat(OtpauthUri.of("My Exchange: EU", "a+b@example.com", "JBSWY3DP"))
        .isEqualTo(
            "otpauth://totp/My%20Exchange%3A%20EU:a%2Bb%40example.com"
                + "?secret=JBSWY3DP&issuer=My%20Exchange%3A%20EU"
                + "&algorithm=SHA1&digits=6&period=30");
  }
}
