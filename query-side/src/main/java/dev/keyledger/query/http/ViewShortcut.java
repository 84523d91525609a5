package dev.keyledger.query.http;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.shortcut.ShortAnswer;
import dev.keyledger.http.shortcut.ShortCall;
import dev.keyledger.http.shortcut.Shortcut;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;

/** The short way of a question that {@link ViewController} answers from the caller's view. */
abstract class ViewShortcut implements Shortcut {
  private static final byte[] NOTHING = {};

  private final String path;

  ViewShortcut(String path) {
    this.path = ViewController.PATH + path;
  }

  /**
   * Answers as the controller does.
   *
   * @param minPosition what the view shall hold
   * @param known values of {@code If-None-Match}
   */
  abstract Mono<ResponseEntity<byte[]>> answer(
      String accountId, long minPosition, List<String> known);

  @Override
  public final String method() {
    return "GET";
  }

  @Override
  public final String path() {
    return path;
  }

  @Override
  public final Mono<ShortAnswer> answer(ShortCall call) {
    long minPosition;
    try {
      minPosition = MinPosition.of(call.header(PositionHeaders.MIN_POSITION));
    } catch (ProblemException _) {
      return Mono.just(ShortAnswer.usual());
    }
    String known = call.header(HttpHeaders.IF_NONE_MATCH);
    return answer(
            call.caller().accountId(), minPosition, known == null ? List.of() : List.of(known))
        .map(ViewShortcut::done)
        // The usual chain tells it, and does not wait once more.
        .onErrorResume(failure -> Mono.just(ShortAnswer.failed(failure)));
  }

  private static ShortAnswer done(ResponseEntity<byte[]> answer) {
    byte[] body = answer.getBody();
    return ShortAnswer.done(answer, body == null ? NOTHING : body);
  }
}
