package dev.keyledger.bench;

import java.io.IOException;
import java.util.List;

/** A caller who reads, one request after the other. */
final class Reads implements Caller {
  private final Connection connection;
  private final List<Request> requests;
  private int next;

  /**
   * @param first which request this caller begins with
   */
  Reads(int port, List<Request> requests, int first) throws IOException {
    this.connection = new Connection(port);
    this.requests = requests;
    this.next = first;
  }

  @Override
  public void call() throws IOException {
    Answer _ = connection.exchange(requests.get(next++ % requests.size())).expect(200);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
