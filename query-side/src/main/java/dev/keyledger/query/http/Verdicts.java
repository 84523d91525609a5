package dev.keyledger.query.http;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.memory.Found;
import dev.keyledger.query.verification.Outage;
import dev.keyledger.query.verification.Question;
import dev.keyledger.query.verification.Verdict;
import dev.keyledger.query.verification.Verifier;
import dev.keyledger.query.views.NotYetVisibleException;
import dev.keyledger.query.views.ViewStoreException;
import java.time.Duration;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;

/** The verifier's verdicts, as answers and problems. */
final class Verdicts {
  private static final Duration RETRY_SOON = Duration.ofSeconds(1);

  private final Verifier verifier;

  Verdicts(Verifier verifier) {
    this.verifier = verifier;
  }

  /**
   * Answers a gateway's question.
   *
   * @return fails with a {@link ProblemException} if nobody can tell
   */
  Mono<ResponseEntity<VerificationAnswer>> on(Question question) {
    return ask(question)
        .map(verdict ->
            switch (verdict) {
              case Verdict.Valid(Found found) ->
                  at(found.account().position()).body(VerificationAnswer.valid(found));
              case Verdict.Refused refused ->
                  (refused.position().isPresent()
                          ? at(refused.position().getAsLong())
                          : ResponseEntity.ok())
                      .body(VerificationAnswer.refused(refused));
              case Verdict.Unanswered(Outage outage) -> throw problem(outage);
            });
  }

  /** Asks the verifier; what fails becomes a problem. */
  Mono<Verdict> ask(Question question) {
    return verifier
        .verify(question)
        .onErrorMap(
            NotYetVisibleException.class,
            _ -> new ProblemException(ProblemType.NOT_YET_VISIBLE).retryAfter(RETRY_SOON))
        .onErrorMap(ViewStoreException.class, Unavailable::because);
  }

  /** An answer as of a position. */
  static ResponseEntity.BodyBuilder at(long position) {
    return ResponseEntity.ok().header(PositionHeaders.POSITION, Long.toString(position));
  }

  static ProblemException problem(Outage outage) {
    return switch (outage) {
      case STALE -> new ProblemException(ProblemType.STALE).retryAfter(RETRY_SOON);
      case INCOMPLETE -> new ProblemException(ProblemType.VIEW_INCOMPLETE);
      case ROOT_KEY_MISSING, NONCES_FULL ->
          new ProblemException(ProblemType.UNAVAILABLE, new IllegalStateException(outage.text()))
              .retryAfter(RETRY_SOON);
    };
  }
}
