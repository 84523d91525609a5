package dev.keyledger.http.shortcut;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** What a shortcut makes of a call. */
public sealed interface ShortAnswer {

  /**
   * The answer. What every answer has beside is added.
   *
   * @param headers in the order in which the usual chain sends them
   * @param body may be empty
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Done(int status, HttpHeaders headers, byte[] body) implements ShortAnswer {}

  /**
   * The usual chain shall answer.
   *
   * @param failure what the call came to, if it had an effect: the usual chain answers with it in
   *     the controller's place; absent if the usual chain may begin anew
   */
  record Usual(@Nullable Throwable failure) implements ShortAnswer {
    private static final Usual ANEW = new Usual(null);
  }

  /**
   * The answer of a controller.
   *
   * @param json its body as it is sent; empty if it has none
   */
  static ShortAnswer done(ResponseEntity<?> answer, byte[] json) {
    HttpHeaders headers = new HttpHeaders();
    headers.putAll(answer.getHeaders());
    if (json.length > 0) {
      headers.setContentType(MediaType.APPLICATION_JSON);
    }
    return new Done(answer.getStatusCode().value(), headers, json);
  }

  /** Nothing was done, and the usual chain shall answer. */
  static ShortAnswer usual() {
    return Usual.ANEW;
  }

  /**
   * The call failed, and the usual chain shall say so.
   *
   * @param failure an error as a controller would have thrown it
   */
  static ShortAnswer failed(Throwable failure) {
    return new Usual(failure);
  }
}
