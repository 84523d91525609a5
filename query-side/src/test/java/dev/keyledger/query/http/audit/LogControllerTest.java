package dev.keyledger.query.http.audit;

import static dev.keyledger.query.Events.keyCreated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.audit.SignedCheckpoint;
import dev.keyledger.query.audit.TestLog;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.Proofs;
import dev.keyledger.tlog.TileReader;
import dev.keyledger.tlog.TiledTree;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What anybody gets to check the log with. */
class LogControllerTest extends AuditTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LOG = "/v1/audit/log";

  @Test
  void showsTheNewestCheckpoint() throws Exception {
    given(3);

    byte[] note =
        bytes(
            open(LOG + "/checkpoint")
                .expectHeader()
                .valueEquals("Content-Type", "text/plain;charset=UTF-8")
                .expectHeader()
                .valueEquals("Cache-Control", "no-cache"));

    Checkpoint checkpoint = Checkpoint.open(note, TestLog.SIGNER.verifierKey());
    assertThat(checkpoint.size()).isEqualTo(3);
    assertThat(checkpoint.root()).isEqualTo(log.root(3));
  }

  @Test
  void showsTilesThatTheTreeIsMadeOf() throws Exception {
    given(600);
    TileReader overHttp = tile -> bytes(open(LOG + "/" + tile.path()));

    assertThat(new TiledTree(overHttp, 600).root()).isEqualTo(log.root(600));
    assertThat(bytes(open(LOG + "/tile/0/001"))).hasSize(256 * Hash.SIZE);
    assertThat(bytes(open(LOG + "/tile/0/001.p/7"))).hasSize(7 * Hash.SIZE);
    open(LOG + "/tile/1/000.p/2")
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Content-Type", "application/octet-stream")
        .expectHeader()
        .valueEquals("Cache-Control", "max-age=31536000, public, immutable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0/002",
        "0/002.p/89",
        "0/003",
        "1/000",
        "1/000.p/3",
        "2/000",
        "64/000",
        "0/0",
        "0/x000/000",
        "0/000.p/256",
        "0/000.p/0",
        "x",
        "0",
        ""
      })
  void hasNoOtherTiles(String path) {
    given(600);

    problem(open(LOG + "/tile/" + path), ProblemType.NOT_FOUND);
  }

  @Test
  void provesThatAnEventIsInTheTree() throws Exception {
    given(300);

    for (String size : List.of("", "&size=300", "&size=71")) {
      JsonNode proof = json(LOG + "/proof?index=70" + size);
      assertThat(
              Proofs.verifyInclusion(
                  log.events().get(70).entry().leafHash(),
                  70,
                  proof.get("size").longValue(),
                  hashes(proof),
                  Hash.parse(proof.get("root").asString())))
          .isTrue();
      assertThat(Hash.parse(proof.get("root").asString()))
          .isEqualTo(log.root(proof.get("size").longValue()));
      assertThat(proof.get("index").longValue()).isEqualTo(70);
      assertThat(Hash.parse(proof.get("leafHash").asString()))
          .isEqualTo(log.events().get(70).entry().leafHash());
    }
  }

  @Test
  void provesThatTheTreeGrew() throws Exception {
    given(300);

    for (int from : new int[] {0, 1, 128, 200, 300}) {
      JsonNode proof = json(LOG + "/proof?from=" + from + (from == 200 ? "&to=257" : ""));
      assertThat(
              Proofs.verifyConsistency(
                  from,
                  Hash.parse(proof.get("fromRoot").asString()),
                  proof.get("size").longValue(),
                  Hash.parse(proof.get("root").asString()),
                  hashes(proof)))
          .isTrue();
      assertThat(Hash.parse(proof.get("fromRoot").asString())).isEqualTo(log.root(from));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?size=3",
        "?to=3",
        "?index=-1",
        "?index=one",
        "?index=",
        "?index=3&size=3",
        "?index=1&size=0",
        "?index=1&from=0",
        "?index=1&index=2",
        "?index=9223372036854775808",
        "?index=9223372036854775807",
        "?from=2&to=1",
        "?from=-1",
        "?from=1&x=1"
      })
  void asksForASensibleQuestion(String query) {
    given(3);

    problem(open(LOG + "/proof" + query), ProblemType.MALFORMED_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?index=3", "?index=0&size=4", "?from=0&to=4", "?from=4"})
  void provesNothingBeyondTheCheckpoint(String query) {
    given(3);

    problem(open(LOG + "/proof" + query), ProblemType.NOT_FOUND);
  }

  @Test
  void showsNothingThatTheLogDidNotSign() {
    given(3);
    store.clear();
    log.events().forEach(event -> store.append(List.of(event)).block());
    store.grow(0, 3).block();

    for (String path :
        List.of("/checkpoint", "/tile/0/000.p/1", "/proof?index=0", "/proof?from=0")) {
      problem(open(LOG + path), ProblemType.NOT_FOUND);
    }
    store.save(new SignedCheckpoint(1, log.checkpoint(1))).block();
    assertThat(new String(bytes(open(LOG + "/checkpoint")), UTF_8)).isEqualTo(log.checkpoint(1));
    assertThat(bytes(open(LOG + "/tile/0/000.p/1"))).hasSize(Hash.SIZE);
    problem(open(LOG + "/tile/0/000.p/2"), ProblemType.NOT_FOUND);
  }

  @Test
  void saysThatTheStoreDoesNotAnswer() {
    given(3);
    store.down(true);

    for (String path :
        List.of("/checkpoint", "/tile/0/000.p/1", "/proof?index=0", "/proof?from=0")) {
      problem(
          open(LOG + path).expectHeader().valueEquals("Retry-After", "2"), ProblemType.UNAVAILABLE);
    }
  }

  @Test
  void entriesAreForAuditors() {
    given(3);

    problem(open(LOG + "/tile/entries/000.p/3"), ProblemType.UNAUTHENTICATED);
    problem(
        ask(account, LOG + "/tile/entries/000.p/3", null, "keys:manage"),
        ProblemType.INSUFFICIENT_SCOPE);
  }

  /** The rule for entries is by segments of the path, and these are in one. */
  @ParameterizedTest
  @ValueSource(strings = {"entries%2F000.p/3", "entries%2f000.p%2F3", "%65ntries%2F000.p/3"})
  void entriesAreNotShownToStrangersAsATileEither(String path) {
    given(3);

    problem(open(LOG + "/tile/" + path), ProblemType.NOT_FOUND);
  }

  private void given(int events) {
    for (int n = 0; n < events; n++) {
      log.add(keyCreated("acct-" + n % 5, "k" + n));
    }
    store.take(log);
  }

  private JsonNode json(String path) {
    return JSON.readTree(bytes(open(path)));
  }

  private static List<Hash> hashes(JsonNode proof) {
    return StreamSupport.stream(proof.get("hashes").spliterator(), false)
        .map(LogControllerTest::hash)
        .toList();
  }

  private static Hash hash(JsonNode base64) {
    try {
      return Hash.parse(base64.asString());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }
}
