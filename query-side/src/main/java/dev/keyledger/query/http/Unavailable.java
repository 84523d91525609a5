package dev.keyledger.query.http;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import java.time.Duration;

/** What a caller is told while a part that an answer needs, such as the store, is away. */
public final class Unavailable {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private Unavailable() {}

  /** The problem {@code unavailable}, worth a second try in two seconds. */
  public static ProblemException because(Throwable down) {
    return new ProblemException(ProblemType.UNAVAILABLE, down).retryAfter(RETRY);
  }
}
