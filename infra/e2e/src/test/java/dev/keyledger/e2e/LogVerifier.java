package dev.keyledger.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.testkit.TestPlatform;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.Proofs;
import dev.keyledger.tlog.UnverifiedException;
import dev.keyledger.tlog.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Somebody who trusts the log's public key, and nothing that the services say. */
final class LogVerifier {
  private static final Path AUDIT_JAR = Path.of("..", "audit", "target", "keyledger-audit.jar");

  private static final Duration SOON = Duration.ofSeconds(60);

  private final Setup setup;
  private final VerifierKey key;

  LogVerifier(Setup setup) throws MalformedException {
    this.setup = setup;
    this.key = VerifierKey.parse(TestPlatform.LOG_VERIFIER_KEY);
  }

  /**
   * An event's receipt that was verified.
   *
   * @param checkpoint the signed note, to be kept
   */
  record Receipt(long index, Hash leaf, Checkpoint tree, String checkpoint) {}

  /** The receipt of an account's own event, with a proof that holds. */
  Receipt receipt(AccountHolder account, long position)
      throws MalformedException, UnverifiedException {
    String path = "/v1/audit/receipts/" + account.accountId() + "/" + position;
    JsonNode answer =
        Awaitility.await()
            .atMost(SOON)
            .until(() -> account.query(path), found -> found.status() == 200)
            .body();
    byte[] entry = Base64.getDecoder().decode(answer.path("entry").asString());
    String note = answer.path("checkpoint").asString();
    Receipt receipt =
        new Receipt(
            answer.path("logIndex").asLong(),
            Hash.ofLeaf(entry),
            Checkpoint.open(note.getBytes(UTF_8), key),
            note);
    verify(receipt, hashes(answer.path("inclusionProof")), receipt.tree());
    return receipt;
  }

  /** Proves that an event is still in a later tree, which began as the tree of its receipt. */
  void verifyIn(Checkpoint later, Receipt earlier) {
    JsonNode inclusion = get("proof?index=" + earlier.index() + "&size=" + later.size());
    verify(earlier, hashes(inclusion.path("hashes")), later);
    JsonNode growth = get("proof?from=" + earlier.tree().size() + "&to=" + later.size());
    assertThat(
            Proofs.verifyConsistency(
                earlier.tree().size(),
                earlier.tree().root(),
                later.size(),
                later.root(),
                hashes(growth.path("hashes"))))
        .as("the log only grew")
        .isTrue();
  }

  /** What the auditor's tool ends with, given a checkpoint that was kept from before. */
  int audit(String keptCheckpoint, Path folder) throws IOException, InterruptedException {
    Path kept = Files.writeString(folder.resolve("kept.txt"), keptCheckpoint);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            AUDIT_JAR.toString(),
            "verify",
            "--broker",
            setup.endpoints().kafka(),
            "--verifier-key",
            TestPlatform.LOG_VERIFIER_KEY,
            "--checkpoint",
            kept.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("audit.log").toFile())
        .start()
        .waitFor();
  }

  private static void verify(Receipt receipt, List<Hash> proof, Checkpoint tree) {
    assertThat(
            Proofs.verifyInclusion(
                receipt.leaf(), receipt.index(), tree.size(), proof, tree.root()))
        .as("the log has the event at %d", receipt.index())
        .isTrue();
  }

  private JsonNode get(String path) {
    return new Http((method, url, body, answer) -> {})
        .call("GET", setup.endpoints().query() + "/v1/audit/log/" + path, null, Map.of())
        .expect(200)
        .body();
  }

  private static List<Hash> hashes(JsonNode array) {
    List<Hash> hashes = new ArrayList<>();
    for (JsonNode hash : array) {
      try {
        hashes.add(Hash.parse(hash.asString()));
      } catch (MalformedException broken) {
        throw new IllegalStateException(broken);
      }
    }
    return hashes;
  }
}
