package dev.keyledger.query.http;

import dev.keyledger.query.TestKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Where old knowledge was said to be good enough. */
@TestPropertySource(
    properties = {QueryFace.MAX_WAIT + "=20s", "keyledger.verification.stale-ok=true"})
class StaleOkTest extends VerificationTest {

  @Test
  void answersFromWhatItKnows() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    memory.silence(Duration.ofHours(1).toNanos());

    valid(verify(signed(key, "n1")));
    refusedToAStranger(verify(signed(TestKey.hmac(), "n1")), "unknown-key");
  }
}
