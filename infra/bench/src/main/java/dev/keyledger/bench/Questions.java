package dev.keyledger.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/** A caller who asks about requests, most of which were signed before the clock was started. */
final class Questions implements Caller {
  private static final String VALID = "\"valid\":true";

  private final Connection connection;
  private final String path;
  private final String token;
  private final List<SigningKey> keys;
  private final Request[] stock;
  private int next;
  private int taken;

  /**
   * @param path of the service that is asked
   * @param first which key this caller begins with
   * @param stock how many requests are signed at once
   */
  Questions(int port, String path, String token, List<SigningKey> keys, int first, int stock)
      throws IOException {
    this.path = path;
    this.token = token;
    this.keys = keys;
    this.next = first;
    this.stock = new Request[stock];
    for (int i = 0; i < stock; i++) {
      this.stock[i] = sign(first + i);
    }
    this.connection = new Connection(port);
  }

  @Override
  public void call() throws IOException {
    Request request = taken < stock.length ? stock[taken] : sign(next);
    taken++;
    next++;
    Answer answer = connection.exchange(request).expect(200);
    if (!isValid(answer.body())) {
      throw new IllegalStateException("Not accepted: " + new String(answer.body(), UTF_8));
    }
  }

  /** Whether a verification's answer accepts the request. */
  static boolean isValid(byte[] body) {
    return new String(body, UTF_8).contains(VALID);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  private Request sign(int number) {
    return Request.post(path, token, keys.get(number % keys.size()).question());
  }
}
