package dev.keyledger.query.http;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.shortcut.ShortAnswer;
import dev.keyledger.http.shortcut.ShortCall;
import dev.keyledger.http.shortcut.Shortcut;
import dev.keyledger.query.verification.RecentUsage;
import java.time.Clock;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;

/** The short way of {@link ViewController#keys}. */
final class ListShortcut implements Shortcut {
  private static final byte[] NOTHING = {};

  private final ViewAnswers answers;
  private final RecentUsage usage;
  private final Clock clock;

  ListShortcut(ViewAnswers answers, RecentUsage usage, Clock clock) {
    this.answers = answers;
    this.usage = usage;
    this.clock = clock;
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String path() {
    return ViewController.PATH + ViewController.KEYS;
  }

  @Override
  public Mono<ShortAnswer> answer(ShortCall call) {
    long minPosition;
    try {
      minPosition = MinPosition.of(call.header(PositionHeaders.MIN_POSITION));
    } catch (ProblemException _) {
      return Mono.just(ShortAnswer.usual());
    }
    String known = call.header(HttpHeaders.IF_NONE_MATCH);
    String accountId = call.caller().accountId();
    return answers
        .answer(
            accountId,
            minPosition,
            known == null ? List.of() : List.of(known),
            usage.find(accountId),
            (view, uses) -> KeyListAnswer.of(view, uses, clock.instant()))
        .map(ListShortcut::done)
        // The usual chain tells it, and does not wait once more.
        .onErrorResume(failure -> Mono.just(ShortAnswer.failed(failure)));
  }

  private static ShortAnswer done(ResponseEntity<byte[]> answer) {
    byte[] body = answer.getBody();
    return ShortAnswer.done(answer, body == null ? NOTHING : body);
  }
}
