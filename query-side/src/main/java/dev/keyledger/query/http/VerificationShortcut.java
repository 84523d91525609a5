package dev.keyledger.query.http;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.shortcut.ShortAnswer;
import dev.keyledger.http.shortcut.ShortCall;
import dev.keyledger.http.shortcut.Shortcut;
import dev.keyledger.query.verification.Question;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The short way of {@link VerificationController#verify}. */
final class VerificationShortcut implements Shortcut {
  private final Verdicts verdicts;
  private final ObjectReader questions;
  private final ObjectWriter answers;

  VerificationShortcut(Verdicts verdicts, JsonMapper json) {
    this.verdicts = verdicts;
    this.questions = json.readerFor(VerificationRequest.class);
    this.answers = json.writerFor(VerificationAnswer.class);
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String path() {
    return VerificationController.PATH;
  }

  @Override
  public Mono<ShortAnswer> answer(ShortCall call) {
    return question(call)
        .map(question ->
            Mono.defer(() -> verdicts.on(question))
                .map(this::done)
                .onErrorResume(failure -> Mono.just(ShortAnswer.failed(failure))))
        .orElseGet(() -> Mono.just(ShortAnswer.usual()));
  }

  /** Empty for one that is none: the usual chain knows what to say to that. */
  private Optional<Question> question(ShortCall call) {
    try {
      VerificationRequest request = questions.readValue(call.body());
      return Optional.ofNullable(request)
          .map(it -> it.question(MinPosition.of(call.header(PositionHeaders.MIN_POSITION))));
    } catch (JacksonException | ProblemException _) {
      return Optional.empty();
    }
  }

  private ShortAnswer done(ResponseEntity<VerificationAnswer> answer) {
    return ShortAnswer.done(answer, answers.writeValueAsBytes(answer.getBody()));
  }
}
