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

/** The short way of {@link ViewController#keys}: for views that need not be waited for. */
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
        .answerAtOnce(
            accountId,
            minPosition,
            known == null ? List.of() : List.of(known),
            usage.find(accountId),
            (view, uses) -> KeyListAnswer.of(view, uses, clock.instant()))
        .map(ListShortcut::done)
        .defaultIfEmpty(ShortAnswer.usual());
  }

  private static ShortAnswer done(ResponseEntity<byte[]> answer) {
    byte[] body = answer.getBody();
    return ShortAnswer.done(answer, body == null ? NOTHING : body);
  }
}
