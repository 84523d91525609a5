package dev.keyledger.query.http;

import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.TestKey;
import dev.keyledger.query.stream.Decoded;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** When a gateway is told that nobody can tell. */
@TestPropertySource(
    properties = {QueryFace.MAX_WAIT + "=100ms", "keyledger.verification.max-nonces=3"})
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
class VerificationOutageTest extends VerificationTest {

  @Test
  void aGuardThatIsFullForgetsNothing() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    for (int n = 0; n < 3; n++) {
      valid(verify(signed(key, "n" + n)));
    }

    problem(verify(signed(key, "n4")), ProblemType.UNAVAILABLE);
    problem(verify(signed(key, "n0")), ProblemType.UNAVAILABLE);
  }

  @Test
  void theKeysOfAStoppedPartitionAreStaleAndSoAreUnknownOnes() {
    TestKey key = TestKey.hmac();
    TestKey elsewhere = TestKey.hmac();
    memory.apply(key.created(account));
    memory.read(7, new Decoded.Known("elsewhere", 1, elsewhere.created("elsewhere")));

    memory.read(7, new Decoded.Future("dev.keyledger.KeyLent.v1"));

    valid(verify(signed(key, "n1")));
    problem(verify(signed(elsewhere, "n1")), ProblemType.STALE);
    problem(verify(signed(TestKey.hmac(), "n1")), ProblemType.STALE);
  }

  @Test
  void aPositionThatDoesNotComeIsNotVisibleYet() {
    TestKey key = TestKey.hmac();
    problem(verify(signed(key, "n1"), "Keyledger-Min-Position", "1"), ProblemType.NOT_YET_VISIBLE);
    memory.apply(key.created(account));
    problem(verify(signed(key, "n1"), "Keyledger-Min-Position", "2"), ProblemType.NOT_YET_VISIBLE);
    valid(verify(signed(key, "n1"), "Keyledger-Min-Position", "1"));
  }
}
