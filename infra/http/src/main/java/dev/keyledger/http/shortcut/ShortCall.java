package dev.keyledger.http.shortcut;

import dev.keyledger.http.security.Account;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** A call in its usual form, by a caller who is known and may make it. */
public final class ShortCall {
  private final Account caller;
  private final String variable;
  private final HttpHeaders headers;
  private final byte[] body;

  ShortCall(Account caller, String variable, HttpHeaders headers, byte[] body) {
    this.caller = caller;
    this.variable = variable;
    this.headers = headers;
    this.body = body;
  }

  public Account caller() {
    return caller;
  }

  /** What the path has in place of its variable; empty if it has none. */
  public String variable() {
    return variable;
  }

  /** A header of the call; none that matters is there twice. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** The body; not to be changed, since the usual chain may be given it, too. */
  public byte[] body() {
    return body;
  }
}
