package dev.keyledger.query.http;

import dev.keyledger.query.verification.RecentUsage;
import java.time.Clock;
import java.util.List;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;

/** The short way of {@link ViewController#keys}. */
final class ListShortcut extends ViewShortcut {
  private final ViewAnswers answers;
  private final RecentUsage usage;
  private final Clock clock;

  ListShortcut(ViewAnswers answers, RecentUsage usage, Clock clock) {
    super(ViewController.KEYS);
    this.answers = answers;
    this.usage = usage;
    this.clock = clock;
  }

  @Override
  Mono<ResponseEntity<byte[]>> answer(String accountId, long minPosition, List<String> known) {
    return answers.answer(
        accountId,
        minPosition,
        known,
        usage.find(accountId),
        (view, uses) -> KeyListAnswer.of(view, uses, clock.instant()));
  }
}
