package dev.keyledger.audit.remote;

import dev.keyledger.audit.log.UncheckedLogException;
import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** The rebuild of a query-side's views: {@code /actuator/rebuild}, scope ops:rebuild. */
public final class RemoteRebuild {
  private static final String PATH = "/actuator/rebuild";
  private static final String ABOUT = "its rebuild";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RemoteQuerySide querySide;

  /**
   * How a rebuild is.
   *
   * @param state {@code building}, {@code stopped}, {@code switching}, {@code done}, {@code none}
   * @param generation number of the views that it makes
   * @param stoppedBy type of the event that it waits before; empty if it doesn't
   */
  public record State(
      String state, long generation, long eventsDone, long eventsTotal, String stoppedBy) {

    /** Whether these views, or later ones, are served. */
    public boolean serves(long wanted) {
      return state.equals("done") ? generation >= wanted : generation > wanted;
    }
  }

  /** The rebuild at that query-side. */
  public RemoteRebuild(RemoteQuerySide querySide) {
    this.querySide = querySide;
  }

  /** Begins one, or finds the one that runs. */
  public State begin() throws UncheckedLogException {
    return state(querySide.askOnce("POST", PATH, PATIENCE, ABOUT));
  }

  /**
   * How it is now.
   *
   * @throws IOException if there was no answer this time; another node may go on with it
   */
  public State look() throws IOException, UncheckedLogException {
    return state(querySide.ask("GET", PATH, PATIENCE, ABOUT));
  }

  private static State state(JsonNode answer) {
    return new State(
        answer.path("state").asString(),
        answer.path("generation").asLong(),
        answer.path("eventsDone").asLong(),
        answer.path("eventsTotal").asLong(),
        answer.path("stoppedBy").asString(""));
  }
}
