package dev.keyledger.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyledger.audit.TestLog;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.tlog.CompactRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A tamperer who makes leaf hashes and files fit can't make the signed trees fit. */
class VerificationTest {
  private final TestLog log = TestLog.of(57);

  @Test
  void aSoundLogIsSound() throws Exception {
    Verification verification = verify(signed());

    assertThat(verification.covered()).isEqualTo(57);
    assertThat(verification.compared()).isEqualTo(6);
  }

  @Test
  void eventsAfterTheNewestCheckpointAreNotCovered() throws Exception {
    log.checkpoints().removeLast();

    Verification verification = verify(signed());

    assertThat(verification.covered()).isEqualTo(50);
    assertThat(verification.size()).isEqualTo(57);
  }

  @Test
  void aChangedEventIsFoundWithinItsCheckpoints() throws Exception {
    log.records().set(17, changed(17));

    assertTampered(10, "from index 10 to 19, one or more of them, are not those");
  }

  @Test
  void theOnlyChangedEventIsNamed() throws Exception {
    SignedCheckpoints checkpoints = signed();
    checkpoints.addKept(
        TestLog.checkpoint(log.records().subList(0, 17), TestLog.signer(1)), "kept");
    checkpoints.addKept(
        TestLog.checkpoint(log.records().subList(0, 18), TestLog.signer(1)), "kept");
    log.records().set(17, changed(17));

    assertThatExceptionOfType(TamperedException.class)
        .isThrownBy(() -> verify(checkpoints))
        .withMessageContaining("the events at index 17 are not those")
        .matches(e -> e.index() == 17);
  }

  @Test
  void anAccountsPositionsFollowOneAnother() throws Exception {
    log.records().set(17, new LogRecord(17, log.records().get(20).entry()));

    assertTampered(17, "index 17 is position 7 of account acct-2, and the one before it is 5");
  }

  @Test
  void aForkedLogIsFound() throws Exception {
    log.checkpoints()
        .add(TestLog.checkpoint(TestLog.of(63).records().subList(3, 60), TestLog.signer(1)));

    assertThatExceptionOfType(TamperedException.class)
        .isThrownBy(this::signed)
        .withMessageContaining("two different trees of size 57");
  }

  @Test
  void aForkThatSignedOtherSizesIsFound() throws Exception {
    TestLog other = TestLog.of(57);
    other.records().set(50, changed(50));
    log.checkpoints().add(TestLog.checkpoint(other.records().subList(0, 53), TestLog.signer(1)));

    assertTampered(50, "from index 50 to 52");
  }

  @Test
  void whatAnotherKeySignedIsOnlyCounted() throws Exception {
    log.checkpoints().add(TestLog.checkpoint(log.records(), TestLog.signer(2)));
    log.checkpoints().add(new byte[] {1, 2, 3});

    assertThat(signed().strangers()).isEqualTo(2);
  }

  @Test
  void aStretchIsVerifiedOnTopOfTheTreeBeforeIt() throws Exception {
    CompactRange before = new CompactRange();
    log.records().subList(0, 13).forEach(record -> before.append(record.leafHash()));
    Verification verification = new Verification(before, signed());
    for (LogRecord record : log.records().subList(13, 57)) {
      verification.accept(record);
    }

    assertThat(verification.compared()).isEqualTo(5);
  }

  private LogRecord changed(int index) {
    return new LogRecord(
        index,
        TestLog.entry(
            "acct-" + index % 3,
            TestLog.headers(TestLog.event(index % 3, 1), index / 3 + 1),
            new byte[] {'{', '}'}));
  }

  private SignedCheckpoints signed() throws TamperedException {
    SignedCheckpoints checkpoints = new SignedCheckpoints(List.of(TestLog.signer(1).verifierKey()));
    checkpoints.addFound(log.checkpoints());
    return checkpoints;
  }

  private Verification verify(SignedCheckpoints checkpoints) throws TamperedException {
    Verification verification = new Verification(new CompactRange(), checkpoints);
    for (LogRecord record : log.records()) {
      verification.accept(record);
    }
    return verification;
  }

  private void assertTampered(long index, String why) throws TamperedException {
    SignedCheckpoints checkpoints = signed();
    assertThatExceptionOfType(TamperedException.class)
        .isThrownBy(() -> verify(checkpoints))
        .withMessageContaining(why)
        .matches(e -> e.index() == index);
  }
}
