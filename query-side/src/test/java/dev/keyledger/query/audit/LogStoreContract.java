package dev.keyledger.query.audit;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.allKeysDeleted;
import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.keyRotated;
import static dev.keyledger.query.Events.permissionsEdited;
import static dev.keyledger.query.Events.twoFactorEnabled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.Tile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What every log store has to do; the fake and the real one run the same tests. */
public abstract class LogStoreContract {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final TestLog log = new TestLog();

  /** An empty store, prepared. */
  protected abstract LogStore store();

  @Test
  void anEmptyLogHasNothing() {
    assertThat(get(store().size())).isZero();
    assertThat(get(store().leaves(0, 10))).isEmpty();
    assertThat(indexes(everything())).isEmpty();
    assertThat(store().checkpoint().block(SOON)).isNull();
    assertThat(store().tile(0, 0).block(SOON)).isNull();
    assertThat(get(store().roots(0, 0, 10))).isEmpty();
    assertThat(store().find("alice", 1).block(SOON)).isNull();
    assertThat(get(store().offsets())).isEmpty();
    assertThat(get(store().alarms())).isZero();
  }

  @Test
  void anEventComesBackAsItWasPublished() {
    LoggedEvent event = log.add(keyCreated("alice", "k1"));
    append(event);

    LoggedEvent found = Objects.requireNonNull(store().find("alice", 1).block(SOON));

    assertThat(found.index()).isZero();
    assertThat(found.entry().bytes()).isEqualTo(event.entry().bytes());
    assertThat(found.account()).isEqualTo("alice");
    assertThat(found.type()).isEqualTo("dev.keyledger.KeyCreated.v1");
    assertThat(found.time()).isEqualTo(NOON);
    assertThat(store().find("alice", 2).block(SOON)).isNull();
    assertThat(store().find("bob", 1).block(SOON)).isNull();
  }

  @Test
  void aRepeatChangesNothing() {
    LoggedEvent first = log.add(keyCreated("alice", "k1"));
    LoggedEvent second = log.add(keyCreated("alice", "k2"));

    assertThat(append(first)).isEmpty();
    assertThat(append(second, first, second)).isEmpty();

    assertThat(get(store().leaves(0, 10))).hasSize(2);
  }

  @Test
  void refusesAnotherEventAtAnIndexAndAnotherIndexForAnEvent() {
    append(log.add(keyCreated("alice", "k1")));
    LoggedEvent fresh = TestLog.logged(1, keyCreated("bob", "k1"), 1);

    assertThat(append(TestLog.logged(0, keyCreated("alice", "k2"), 1), fresh)).containsExactly(0L);
    assertThat(append(TestLog.logged(7, keyCreated("alice", "k1"), 1))).containsExactly(7L);

    assertThat(get(store().leaves(0, 10)))
        .containsExactly(log.events().getFirst().entry().leafHash(), fresh.entry().leafHash());
    assertThat(get(store().leaves(7, 1))).isEmpty();
  }

  @Test
  void whatLiesSideBySideEndsAtTheFirstGap() {
    for (int n = 0; n < 6; n++) {
      log.add(keyCreated("alice", "k" + n));
    }
    List<LoggedEvent> all = log.events();
    append(all.get(5), all.get(1), all.get(0), all.get(2), all.get(4));

    assertThat(get(store().leaves(0, 10)))
        .containsExactlyElementsOf(
            all.subList(0, 3).stream().map(event -> event.entry().leafHash()).toList());
    assertThat(indexes(store().events(1, 10).collectList())).containsExactly(1L, 2L);
    assertThat(indexes(store().events(1, 1).collectList())).containsExactly(1L);
    assertThat(get(store().leaves(3, 10))).isEmpty();
    assertThat(get(store().accounts(0, 10))).containsExactly("alice");
    assertThat(get(store().accounts(3, 1))).isEmpty();
    assertThat(get(store().accounts(3, 0))).isEmpty();
  }

  @Test
  void findsWhatIsAskedFor() {
    append(
        log.add(twoFactorEnabled("alice")),
        log.add(keyCreated("alice", "k1")),
        log.add(keyCreated("bob", "k2")),
        log.add(permissionsEdited("alice", "k1", NOON.plusNanos(1000), "203.0.113.7")),
        log.add(keyRotated("alice", "k1", "k3", NOON.plusSeconds(9))),
        log.add(keyDeleted("bob", "k2")),
        log.add(allKeysDeleted("alice", "k1", "k3")));

    assertThat(indexes(everything())).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(found("alice", null, null, null, null)).containsExactly(0L, 1L, 3L, 4L, 6L);
    assertThat(found(null, "dev.keyledger.KeyCreated.v1", null, null, null))
        .containsExactly(1L, 2L);
    assertThat(found(null, null, "k1", null, null)).containsExactly(1L, 3L, 4L, 6L);
    assertThat(found(null, null, "k3", null, null)).containsExactly(4L, 6L);
    assertThat(found("bob", null, "k3", null, null)).isEmpty();
    assertThat(found(null, null, null, NOON.plusNanos(1), null)).containsExactly(3L);
    assertThat(found("bob", null, null, NOON, null)).containsExactly(2L, 5L);
    assertThat(found("bob", null, null, Instant.MIN, NOON)).isEmpty();
    assertThat(found("bob", null, null, null, Instant.MAX)).containsExactly(2L, 5L);
    assertThat(indexes(store().find(EventQuery.ofAccount("alice", 0, 6, 2)).collectList()))
        .containsExactly(1L, 3L);
    assertThat(indexes(store().find(EventQuery.ofAccount("alice", 3, 6, 9)).collectList()))
        .containsExactly(4L);
  }

  @Test
  void readsAccountByAccount() {
    append(
        log.add(twoFactorEnabled("bob")),
        log.add(twoFactorEnabled("alice")),
        log.add(keyCreated("bob", "k1")),
        log.add(twoFactorEnabled("\u00e4")),
        log.add(keyCreated("alice", "k2")),
        log.add(twoFactorEnabled("Zoe")));

    assertThat(indexes(store().byAccount(6).collectList())).containsExactly(5L, 1L, 4L, 0L, 2L, 3L);
    assertThat(indexes(store().byAccount(2).collectList())).containsExactly(1L, 0L);
  }

  @Test
  void keepsTilesWithWhatStandsForThem() {
    List<Hash> hashes = IntStream.range(0, 256).mapToObj(LogStoreContract::leaf).toList();
    FullTile first = FullTile.of(new Tile(0, 0, 256), Hashes.join(hashes));
    FullTile third = new FullTile(0, 2, hashes, leaf(7));
    FullTile above = new FullTile(1, 1, hashes, leaf(8));

    store().save(List.of(first, third, above)).block(SOON);
    store().save(List.of(first)).block(SOON);

    assertThat(get(store().tile(0, 0))).isEqualTo(first);
    assertThat(get(store().tile(1, 1))).isEqualTo(above);
    assertThat(store().tile(0, 1).block(SOON)).isNull();
    assertThat(get(store().roots(0, 0, 10))).containsExactly(first.root());
    assertThat(get(store().roots(0, 2, 1))).containsExactly(third.root());
  }

  @Test
  void growsOnlyFromTheSizeThatItHas() {
    assertThat(get(store().grow(0, 5))).isTrue();
    assertThat(get(store().grow(0, 6))).isFalse();
    assertThat(get(store().grow(4, 6))).isFalse();
    assertThat(get(store().size())).isEqualTo(5);
    assertThat(get(store().grow(5, 6))).isTrue();
    assertThat(get(store().size())).isEqualTo(6);
  }

  @Test
  void theNewestCheckpointStays() {
    store().save(new SignedCheckpoint(5, "five")).block(SOON);
    store().save(new SignedCheckpoint(9, "nine")).block(SOON);
    store().save(new SignedCheckpoint(7, "seven")).block(SOON);
    store().save(new SignedCheckpoint(9, "nine again")).block(SOON);

    assertThat(get(store().checkpoint())).isEqualTo(new SignedCheckpoint(9, "nine"));
  }

  @Test
  void offsetsNeverGoBack() {
    store().advance(List.of(new Offset("a", 0, 10), new Offset("b", 0, 3))).block(SOON);
    store().advance(List.of(new Offset("a", 0, 7), new Offset("b", 0, 4))).block(SOON);

    assertThat(get(store().offsets()))
        .containsExactlyInAnyOrder(new Offset("a", 0, 10), new Offset("b", 0, 4));
  }

  @Test
  void anAlarmCountsOnce() {
    store().raise(new Alarm("x", "is wrong", NOON)).block(SOON);
    store().raise(new Alarm("x", "is wrong", NOON.plusSeconds(1))).block(SOON);
    store().raise(new Alarm("y", "is wrong", NOON)).block(SOON);

    assertThat(get(store().alarms())).isEqualTo(2);
  }

  private static Hash leaf(int n) {
    return Hash.ofLeaf(new byte[] {(byte) n});
  }

  private List<Long> append(LoggedEvent... events) {
    return get(store().append(List.of(events)));
  }

  private Mono<List<LoggedEvent>> everything() {
    return store()
        .find(new EventQuery(null, null, null, null, null, -1, Long.MAX_VALUE, 100))
        .collectList();
  }

  private List<Long> found(
      @Nullable String account,
      @Nullable String type,
      @Nullable String key,
      @Nullable Instant from,
      @Nullable Instant to) {
    EventQuery query = new EventQuery(account, type, key, from, to, -1, Long.MAX_VALUE, 100);
    return indexes(store().find(query).collectList());
  }

  private static List<Long> indexes(Mono<List<LoggedEvent>> events) {
    return get(events).stream().map(LoggedEvent::index).toList();
  }

  private static <T> T get(Mono<T> mono) {
    return Objects.requireNonNull(mono.block(SOON));
  }
}
