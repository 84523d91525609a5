package dev.keyledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.Proofs;
import dev.keyledger.tlog.SignatureType;
import dev.keyledger.tlog.UnverifiedException;
import dev.keyledger.tlog.VerifierKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A witness as C2SP tlog-witness has it, of one log. */
final class TestWitness implements AutoCloseable {
  static final long SECONDS = 1_795_000_000;
  private static final String NAME = "witness.example/w1";

  /** What it cosigned last. */
  long size;

  Hash root = Hash.EMPTY_TREE;

  /** The sizes that it was asked with. */
  final List<Long> asked = new ArrayList<>();

  private final HttpServer server;
  private final VerifierKey log;
  private final byte[] privateKey = privateKey(9);

  TestWitness(VerifierKey log) throws IOException {
    this.log = log;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/w/add-checkpoint", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/w/";
  }

  private static byte[] privateKey(int seed) {
    byte[] privateKey = new byte[Ed25519.SECRET_KEY_SIZE];
    Arrays.fill(privateKey, (byte) seed);
    return privateKey;
  }

  VerifierKey key() throws MalformedException {
    return key(privateKey);
  }

  /** Of another witness, with the same name. */
  static VerifierKey otherKey() throws MalformedException {
    return key(privateKey(8));
  }

  private static VerifierKey key(byte[] privateKey) throws MalformedException {
    byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(privateKey, 0, publicKey, 0);
    return VerifierKey.of(NAME, SignatureType.COSIGNATURE, publicKey);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      int status = 200;
      String body = "";
      try {
        body = cosign(request);
      } catch (RefusedException e) {
        status = e.status;
        body = String.valueOf(e.getMessage());
      } catch (MalformedException e) {
        status = 400;
      }
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String cosign(String request) throws RefusedException, MalformedException {
    String[] parts = request.split("\n\n", 2);
    List<String> head = List.of(parts[0].split("\n", -1));
    long old = Long.parseLong(head.getFirst().substring("old ".length()));
    asked.add(old);
    Checkpoint checkpoint;
    try {
      checkpoint = Checkpoint.open(parts[1].getBytes(UTF_8), log);
    } catch (UnverifiedException e) {
      throw new RefusedException(403, "");
    }
    if (old != size || (size == checkpoint.size() && !root.equals(checkpoint.root()))) {
      throw new RefusedException(409, size + "\n");
    }
    List<Hash> proof = new ArrayList<>();
    for (String line : head.subList(1, head.size())) {
      proof.add(Hash.parse(line));
    }
    if (!Proofs.verifyConsistency(size, root, checkpoint.size(), checkpoint.root(), proof)) {
      throw new RefusedException(422, "");
    }
    size = checkpoint.size();
    root = checkpoint.root();
    return line(checkpoint.text());
  }

  private String line(String text) throws MalformedException {
    byte[] message = ("cosignature/v1\ntime " + SECONDS + "\n" + text).getBytes(UTF_8);
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(privateKey, 0, message, 0, message.length, signature, 0);
    byte[] all =
        ByteBuffer.allocate(Integer.BYTES + Long.BYTES + signature.length)
            .putInt(key().id())
            .putLong(SECONDS)
            .put(signature)
            .array();
    return "\u2014 " + NAME + " " + Base64.getEncoder().encodeToString(all) + "\n";
  }

  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;

    RefusedException(int status, String body) {
      super(body);
      this.status = status;
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
