package dev.keyledger.query.http;

import java.util.List;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;

/** The short way of {@link ViewController#account}. */
final class AccountShortcut extends ViewShortcut {
  private final ViewAnswers answers;

  AccountShortcut(ViewAnswers answers) {
    super(ViewController.ACCOUNT);
    this.answers = answers;
  }

  @Override
  Mono<ResponseEntity<byte[]>> answer(String accountId, long minPosition, List<String> known) {
    return answers.answer(
        accountId,
        minPosition,
        known,
        ViewController.NOTHING_MORE,
        (view, nothing) -> AccountAnswer.of(view));
  }
}
