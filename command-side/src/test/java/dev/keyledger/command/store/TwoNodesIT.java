package dev.keyledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.Holder;
import dev.keyledger.command.SharedNode;
import dev.keyledger.command.TestNode;
import dev.keyledger.command.keyring.Challenge;
import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRingCommand.CancelChallenge;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteAll;
import dev.keyledger.command.keyring.KeyRingCommand.ErasePerson;
import dev.keyledger.command.keyring.KeyRingCommand.VerifyCode;
import dev.keyledger.command.keyring.Outcome;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.command.mail.Contacts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes with a cache each, on one database. */
@ExtendWith(SharedNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesIT {
  private final TestNode a;
  private TestNode b;

  TwoNodesIT(TestNode a) {
    this.a = a;
    this.b = a;
  }

  @BeforeAll
  void startTheOther() {
    b = a.sibling("command-2");
  }

  @AfterAll
  void stopTheOther() {
    b.close();
  }

  @Test
  void aRefusalIsDecidedOnWhatTheOtherNodeDid() {
    Holder onA = a.holder();
    Holder onB = onA.on(b);
    assertThat(onA.send(onA.createKey("no digit")).position()).isZero();

    onB.make("Bot1x");
    assertThat(onA.send(onA.createKey("Bot1x"))).isEqualTo(refused(Rule.LABEL_TAKEN, 3));

    Challenge challenge = onB.open("Bot2x");
    onB.send(new CancelChallenge(onB.accountId(), challenge.challengeId()));
    assertThat(onA.send(onA.codes(challenge))).isEqualTo(refused(Rule.CHALLENGE_CLOSED, 5));
  }

  @Test
  void anAddressThatTheOtherNodeNotedIsErased() {
    Holder onA = a.holder();
    onA.open("Bot1x");
    ErasePerson erase = new ErasePerson(onA.accountId(), "support-12");
    assertThat(onA.send(erase).position()).isEqualTo(3);
    onA.on(b).open("Bot2x");

    Decision again = onA.send(erase);

    assertThat(again.position()).isEqualTo(6);
    assertThat(a.get(Contacts.class).of(onA.accountId())).isEmpty();
  }

  @Test
  void anAcceptedCommandIsDecidedOnWhatTheOtherNodeDid() {
    Holder onA = a.holder();
    Holder onB = onA.on(b);
    onA.make("Bot1x");
    onB.make("Bot2x");

    onA.open("Bot3x");
    Challenge all = Holder.challenge(onB.send(new DeleteAll(onB.accountId())));
    Decision deleted = onA.send(onA.codes(all));

    assertThat(deleted.outcome())
        .isInstanceOfSatisfying(
            Outcome.KeysDeleted.class, keys -> assertThat(keys.publicApiKeys()).hasSize(2));
    // 3 + 3, the challenge for Bot3x, its end and the one for all keys, two for the deletion.
    assertThat(deleted.position()).isEqualTo(11);
    assertThat(storedPositions(onA)).containsExactlyElementsOf(oneTo(11));
  }

  @Test
  void theFirstEventOfARingThatBothRemembersAsEmptyIsDecidedAgainToo() {
    Holder onA = a.holder();
    Holder onB = onA.on(b);
    onA.send(onA.createKey("no digit"));
    onB.send(onB.createKey("no digit"));

    onB.open("Bot1x");
    Decision second = onA.send(onA.createKey("Bot2x"));

    assertThat(second.position()).isEqualTo(3);
    assertThat(storedPositions(onA)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void ofCommandsThatAreCommittedTogetherOnlyTheLateOnesAreDecidedAgain() {
    Holder late = a.holder();
    late.send(late.createKey("no digit"));
    late.on(b).open("Bot1x");
    // This one appends two events, and both positions are taken.
    Holder later = a.holder();
    Challenge challenge = later.open("Bot1x");
    later.on(b).open("Bot2x");
    later.on(b).open("Bot3x");
    List<Holder> others = List.of(a.holder(), a.holder(), a.holder());
    List<CompletableFuture<Decision>> decisions = new ArrayList<>();
    long before = lastNumber();
    try (Meeting meeting = new Meeting(a)) {
      decisions.add(meeting.begin(() -> late.send(late.createKey("Bot2x"))));
      others.forEach(it -> decisions.add(meeting.begin(() -> it.send(it.createKey("Bot1x")))));
      decisions.add(meeting.begin(() -> later.send(later.codes(challenge))));
    }

    assertThat(decisions)
        .extracting(it -> it.join().position())
        .containsExactly(3L, 1L, 1L, 1L, 5L);
    assertThat(decisions.getLast().join()).isEqualTo(refused(Rule.CHALLENGE_CLOSED, 5));
    assertThat(storedPositions(late)).containsExactly(1L, 2L, 3L);
    assertThat(transactionsOf(others)).isEqualTo(1);
    // One of the meeting, three of the others and two of the one that was decided again; no gaps.
    assertThat(lastNumber() - before).isEqualTo(6);
  }

  @RepeatedTest(5)
  void oneCodeEnteredOnBothNodesAtOnceMakesOneKey() throws Exception {
    Holder onA = a.holder();
    onA.enrol();
    Holder onB = onA.on(b);
    Challenge challenge = onA.open("Bot1x");
    // Both have the ring in memory.
    onB.send(onB.createKey("no digit"));
    VerifyCode codes = onA.codes(challenge);

    List<Decision> decisions = atOnce(List.of(() -> onA.send(codes), () -> onB.send(codes)));

    assertThat(decisions)
        .extracting(Decision::outcome)
        .hasAtLeastOneElementOfType(Outcome.KeyMade.class)
        .contains(new Outcome.Refused(Rule.CHALLENGE_CLOSED));
    assertThat(keysCreated(onA)).isEqualTo(1);
    assertThat(storedPositions(onA)).containsExactlyElementsOf(oneTo(5));
  }

  @Test
  void threadsOnBothNodesNeverShareAPosition() throws Exception {
    Holder onA = a.holder();
    Holder onB = onA.on(b);
    List<Callable<Integer>> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Holder holder = i % 2 == 0 ? onA : onB;
      String label = "Bot" + i + "x";
      threads.add(() -> openAndCancel(holder, label));
    }

    int refused = atOnce(threads).stream().mapToInt(Integer::intValue).sum();

    List<Long> stored = storedPositions(onA);
    assertThat(stored).isNotEmpty().containsExactlyElementsOf(oneTo(stored.size()));
    assertThat(openedMinusClosed(onA)).isBetween(0L, 1L);
    assertThat(onA.send(onA.createKey("no digit")).position()).isEqualTo(stored.size());
    assertThat(onB.send(onB.createKey("no digit")).position()).isEqualTo(stored.size());
    assertThat(refused).isLessThan(6 * 10);
  }

  /** Tells how many commands found the ring changed too often to be decided. */
  private static int openAndCancel(Holder holder, String label) {
    int gaveUp = 0;
    for (int i = 0; i < 10; i++) {
      try {
        Challenge challenge = holder.open(label);
        holder.send(new CancelChallenge(holder.accountId(), challenge.challengeId()));
      } catch (ConcurrencyException | AggregateStreamCreationException crowded) {
        gaveUp++;
      }
    }
    return gaveUp;
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
      List<Callable<T>> together =
          calls.stream()
              .<Callable<T>>map(call ->
                  () -> {
                    start.await();
                    return call.call();
                  })
              .toList();
      for (Future<T> result : threads.invokeAll(together)) {
        results.add(result.get());
      }
    }
    return results;
  }

  private static Decision refused(Rule rule, long position) {
    return new Decision(new Outcome.Refused(rule), position);
  }

  private long keysCreated(Holder holder) {
    return count(holder, "payload_type = 'dev.keyledger.KeyCreated.v1'");
  }

  private long openedMinusClosed(Holder holder) {
    return count(holder, "payload_type = 'dev.keyledger.ChallengeOpened.v1'")
        - count(holder, "payload_type = 'dev.keyledger.ChallengeClosed.v1'");
  }

  private long lastNumber() {
    return a.jdbc()
        .sql("SELECT last_value FROM domain_event_global_index_seq")
        .query(Long.class)
        .single();
  }

  private long transactionsOf(List<Holder> holders) {
    return a.jdbc()
        .sql(
            "SELECT COUNT(DISTINCT xmin::text) FROM domain_event"
                + " WHERE aggregate_identifier IN (:accounts)")
        .param("accounts", holders.stream().map(Holder::accountId).toList())
        .query(Long.class)
        .single();
  }

  private long count(Holder holder, String condition) {
    return a.jdbc()
        .sql("SELECT COUNT(*) FROM domain_event WHERE aggregate_identifier = ? AND " + condition)
        .param(holder.accountId())
        .query(Long.class)
        .single();
  }

  private List<Long> storedPositions(Holder holder) {
    return a.jdbc()
        .sql(
            "SELECT sequence_number + 1 FROM domain_event WHERE aggregate_identifier = ?"
                + " ORDER BY global_index")
        .param(holder.accountId())
        .query(Long.class)
        .list();
  }

  private static List<Long> oneTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
