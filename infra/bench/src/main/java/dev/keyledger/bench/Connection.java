package dev.keyledger.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/**
 * One HTTP/1.1 connection to loopback that is kept open. It does a small part of RFC 9112, because
 * what a full client costs would be missing from the cores that the services are measured on.
 */
final class Connection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final int port;
  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;
  private byte[] buffer = new byte[32 * 1024];

  /** What was read and not yet used lies from {@code at} to {@code end}. */
  private int at;

  private int end;

  Connection(int port) throws IOException {
    this(port, TIMEOUT_MILLIS);
  }

  /**
   * @param timeoutMillis how long the other side may keep silent
   */
  Connection(int port, int timeoutMillis) throws IOException {
    this.port = port;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(timeoutMillis);
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), timeoutMillis);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /**
   * Sends a request and reads all of its answer.
   *
   * @throws IOException that tells the port and the path, if it is not answered in time
   */
  Answer exchange(Request request) throws IOException {
    try {
      out.write(request.bytes());
      return readAnswer();
    } catch (IOException e) {
      throw new IOException(
          "Port %d did not answer %s: %s".formatted(port, request.line(), e.getMessage()), e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Answer readAnswer() throws IOException {
    Head head = Head.parse(readHead());
    byte[] body =
        head.chunked()
            ? readChunks()
            : head.status() == 204 || head.status() == 304 ? new byte[0] : take(head.length());
    return new Answer(head.status(), head.position(), body);
  }

  private String readHead() throws IOException {
    int from = at;
    while (true) {
      for (int i = from; i + 3 < end; i++) {
        if (buffer[i] == '\r'
            && buffer[i + 1] == '\n'
            && buffer[i + 2] == '\r'
            && buffer[i + 3] == '\n') {
          String head = new String(buffer, at, i + 2 - at, ISO_8859_1);
          at = i + 4;
          return head;
        }
      }
      int searched = Math.max(0, end - at - 3);
      fill();
      from = at + searched;
    }
  }

  private byte[] readChunks() throws IOException {
    byte[] body = new byte[0];
    while (true) {
      int size = Integer.parseInt(readLine(), 16);
      byte[] chunk = take(size);
      if (!readLine().isEmpty()) {
        throw new IOException("A chunk does not end where it said");
      }
      if (size == 0) {
        return body;
      }
      int length = body.length;
      body = Arrays.copyOf(body, length + size);
      System.arraycopy(chunk, 0, body, length, size);
    }
  }

  private String readLine() throws IOException {
    for (int i = at; ; i++) {
      while (i + 1 >= end) {
        int offset = i - at;
        fill();
        i = at + offset;
      }
      if (buffer[i] == '\r' && buffer[i + 1] == '\n') {
        String line = new String(buffer, at, i - at, ISO_8859_1);
        at = i + 2;
        return line;
      }
    }
  }

  private byte[] take(int length) throws IOException {
    while (end - at < length) {
      fill();
    }
    byte[] bytes = Arrays.copyOfRange(buffer, at, at + length);
    at += length;
    return bytes;
  }

  private void fill() throws IOException {
    if (at > 0) {
      System.arraycopy(buffer, at, buffer, 0, end - at);
      end -= at;
      at = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, end, buffer.length - end);
    if (read < 0) {
      throw new EOFException("The connection was closed before the answer was complete");
    }
    end += read;
  }
}
