package dev.keyledger.audit.remote;

import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.NoteSignature;
import dev.keyledger.tlog.SignedNote;
import dev.keyledger.tlog.TiledTree;
import dev.keyledger.tlog.UnverifiedException;
import dev.keyledger.tlog.VerifiedSignature;
import dev.keyledger.tlog.VerifierKey;
import dev.keyledger.tlog.WitnessRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * A witness: somebody else, who cosigns what the log signed if it goes on from what was cosigned
 * before (C2SP tlog-witness, "add-checkpoint").
 */
public final class RemoteWitness implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_BYTES = 1 << 16;

  /** Once to learn what it knows, once with a proof, and once if somebody else came between. */
  private static final int MOST_TRIES = 3;

  private static final int OK = 200;
  private static final int CONFLICT = 409;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI address;
  private final VerifierKey key;

  /**
   * A checkpoint that the witness signed, too.
   *
   * @param note with the signatures that it had, and that of the witness
   */
  public record Cosigned(SignedNote note, VerifiedSignature signature) {}

  /**
   * A witness.
   *
   * @param prefix the submission prefix
   * @param key what its cosignatures are verified with
   */
  public RemoteWitness(URI prefix, VerifierKey key) {
    this.address = URI.create(prefix.toString().replaceAll("/+$", "") + "/add-checkpoint");
    this.key = key;
  }

  /**
   * Has a checkpoint cosigned. What the witness knows it tells itself, when it is asked with 0.
   *
   * @param tree that the checkpoint is about
   * @param size number of its leaves
   * @throws UncheckedLogException if there is no cosignature
   */
  public Cosigned cosign(SignedNote checkpoint, TiledTree tree, long size)
      throws UncheckedLogException {
    long known = 0;
    for (int i = 0; i < MOST_TRIES; i++) {
      HttpResponse<String> answer = ask(checkpoint, tree, known);
      switch (answer.statusCode()) {
        case OK -> {
          return cosigned(checkpoint, answer.body());
        }
        case CONFLICT -> known = known(answer.body(), known, size);
        default -> throw new UncheckedLogException(refusal(answer.statusCode(), known));
      }
    }
    throw new UncheckedLogException("the witness knew another size each time it was asked");
  }

  private HttpResponse<String> ask(SignedNote checkpoint, TiledTree tree, long known)
      throws UncheckedLogException {
    try {
      WitnessRequest request = new WitnessRequest(known, tree.proveConsistency(known), checkpoint);
      return http.send(
          HttpRequest.newBuilder(address)
              .timeout(PATIENCE)
              .POST(BodyPublishers.ofString(request.toString()))
              .build(),
          BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
    } catch (IOException | IllegalArgumentException e) {
      throw new UncheckedLogException("the witness gave no answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedLogException("interrupted");
    }
  }

  /** The size that the witness cosigned last, as it says. */
  private static long known(String body, long asked, long size) throws UncheckedLogException {
    if (asked == size && asked > 0) {
      throw new UncheckedLogException(
          "the witness cosigned another tree of size %d: this is not the log that it saw"
              .formatted(size));
    }
    if (!body.matches("(0|[1-9][0-9]{0,17})\n")) {
      throw new UncheckedLogException("the witness did not tell what it cosigned last");
    }
    long known = Long.parseLong(body.strip());
    if (known > size) {
      throw new UncheckedLogException(
          "the witness cosigned %d events, and the newest checkpoint here is of %d"
              .formatted(known, size));
    }
    return known;
  }

  private static String refusal(int status, long known) {
    return switch (status) {
      case 403 -> "the witness trusts no key that signed the checkpoint (403)";
      case 404 -> "the witness does not know this log (404)";
      case 422 ->
          "the first %d events are not those that the witness cosigned: this is not the log that it saw (422)"
              .formatted(known);
      default -> "the witness answered " + status;
    };
  }

  /** Of other keys' signatures nothing is known, so that they are left out. */
  private Cosigned cosigned(SignedNote checkpoint, String lines) throws UncheckedLogException {
    try {
      SignedNote answer = new SignedNote(checkpoint.text(), NoteSignature.parseLines(lines));
      VerifiedSignature verified = answer.verify(List.of(key)).getFirst();
      List<NoteSignature> own =
          answer.signatures().stream()
              .filter(line -> line.keyId() == key.id() && line.name().equals(key.name()))
              .toList();
      return new Cosigned(checkpoint.with(own), verified);
    } catch (MalformedException | UnverifiedException | IllegalArgumentException e) {
      throw new UncheckedLogException(
          "what the witness answered is not its cosignature: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
