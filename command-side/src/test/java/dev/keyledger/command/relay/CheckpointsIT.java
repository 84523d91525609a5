package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.Holder;
import dev.keyledger.command.MigratedDatabase;
import dev.keyledger.command.TestNode;
import dev.keyledger.testkit.TestPlatform;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.NoteSigner;
import dev.keyledger.tlog.SignedNote;
import dev.keyledger.tlog.VerifierKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checkpoints: signed, of one tree that only grows, kept before they are sent. */
class CheckpointsIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String KAFKA = TestPlatform.get().bootstrapServers();

  private final String origin = TestPlatform.get().freshName("log");
  private final Map<String, String> properties = TestNode.properties();
  private TestNode node;

  CheckpointsIT() {
    properties.put("keyledger.log.origin", origin);
    node = TestNode.start(properties);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void theyComeWithinASecondAndAreOfTheTreeThatIsPublished() throws Exception {
    Holder holder = node.holder();
    List<Long> sizes = new ArrayList<>();
    for (int key = 1; key <= 3; key++) {
      holder.make("Bot" + key + "x");
      long size = 3L * key;
      await().atMost(SOON).until(() -> gauge("keyledger.log.checkpoint.size") == size);
      sizes.add(size);
    }

    List<byte[]> notes = TopicReader.checkpoints(KAFKA, origin, 9);
    PublishedLog log = PublishedLog.of(node.jdbc(), KAFKA);
    log.check();
    log.check(notes, verifierKey());
    assertThat(sizes(notes)).isSorted().doesNotHaveDuplicates().containsAll(sizes);
    assertThat(gauge("keyledger.log.checkpoint.age.seconds")).isBetween(0.0, 60.0);
  }

  @Test
  void theLastOneIsSentAgainAfterAStartAndTheTreeGoesOn() throws Exception {
    Holder holder = node.holder();
    holder.make("Bot1x");
    TopicReader.checkpoints(KAFKA, origin, 3);
    restartAfter("ANALYZE");
    await()
        .atMost(SOON)
        .until(() ->
            sizes(TopicReader.checkpoints(KAFKA, origin, 3)).stream()
                    .filter(size -> size == 3)
                    .count()
                == 2);

    holder.on(node).make("Bot2x");

    List<byte[]> notes = TopicReader.checkpoints(KAFKA, origin, 6);
    assertThat(sizes(notes)).isSorted().contains(6L);
    PublishedLog.of(node.jdbc(), KAFKA).check(notes, verifierKey());
  }

  @Test
  void aCheckpointIsSentOnlyWhenAllThatItCoversIsAcknowledged() throws Exception {
    node.holder().make("Bot1x");
    int before = TopicReader.checkpoints(KAFKA, origin, 3).size();
    restartAfter("UPDATE log_publication SET published = 0");

    await().atMost(SOON).until(() -> gauge("keyledger.relay.lag.events") == 0);
    await()
        .atMost(SOON)
        .until(() -> TopicReader.checkpoints(KAFKA, origin, 3).size() == before + 1);
    assertThat(PublishedLog.of(node.jdbc(), KAFKA).size()).isEqualTo(6);
  }

  @Test
  void noneIsSignedOfATreeThatTheLastOneIsNotOf() {
    node.holder().make("Bot1x");
    TopicReader.checkpoints(KAFKA, origin, 3);
    restartAfter("UPDATE log_checkpoint SET subtrees = subtrees || subtrees, tree_size = 15");

    await().atMost(SOON).until(() -> gauge("keyledger.log.fault") == 1);
    assertThat(sizes(TopicReader.checkpoints(KAFKA, origin, 3))).isSorted().endsWith(3L);
  }

  @Test
  void aLogKeepsItsName() {
    node.holder().make("Bot1x");
    TopicReader.checkpoints(KAFKA, origin, 3);
    properties.put("keyledger.log.origin", origin + "-2");
    restartAfter("ANALYZE");

    await().atMost(SOON).until(() -> gauge("keyledger.log.fault") == 1);
  }

  @Test
  void theLastOneIsNeverFollowedByOneOfATreeNoLarger() throws Exception {
    CheckpointStore store = new CheckpointStore(MigratedDatabase.fresh());
    CompactRange tree = new CompactRange();
    assertThat(store.last(origin)).isEmpty();
    tree.append(Records.event("alice", 1).leaf());
    tree.append(Records.event("alice", 2).leaf());
    assertThat(store.replace(note(tree), tree)).isTrue();
    CompactRange other = new CompactRange();
    other.append(Records.event("bob", 1).leaf());

    assertThat(store.replace(note(other), other)).isFalse();
    other.append(Records.event("bob", 2).leaf());
    assertThat(store.replace(note(other), other)).isFalse();

    CheckpointStore.Stored last = store.last(origin).orElseThrow();
    assertThat(last.tree().subtrees()).isEqualTo(tree.subtrees());
    assertThat(last.note()).hasToString(note(tree).toString());
    assertThatThrownBy(() -> store.last("another")).isInstanceOf(LogFaultException.class);
    tree.append(Records.event("alice", 3).leaf());
    assertThat(store.replace(note(tree), tree)).isTrue();
    assertThat(store.size()).isEqualTo(3);
  }

  private SignedNote note(CompactRange tree) throws Exception {
    NoteSigner signer = NoteSigner.of(origin, Base64.getDecoder().decode(TestPlatform.LOG_KEY));
    return SignedNote.sign(new Checkpoint(origin, tree.size(), tree.root()).text(), signer);
  }

  private List<Long> sizes(List<byte[]> notes) {
    return notes.stream().map(note -> open(note).size()).toList();
  }

  private Checkpoint open(byte[] note) {
    try {
      return Checkpoint.parse(SignedNote.parse(note).text());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private VerifierKey verifierKey() {
    return node.get(NoteSigner.class).verifierKey();
  }

  /** Starts the node anew; in between something happens to the database. */
  private void restartAfter(String sql) {
    node.close();
    JdbcClient.create(MigratedDatabase.of(properties)).sql(sql).update();
    node = TestNode.start(properties);
  }

  private double gauge(String name) {
    return node.get(MeterRegistry.class).get(name).gauge().value();
  }
}
