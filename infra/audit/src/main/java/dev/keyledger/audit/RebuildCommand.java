package dev.keyledger.audit;

import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.remote.RemoteQuerySide;
import dev.keyledger.audit.remote.RemoteRebuild;
import dev.keyledger.audit.remote.RemoteRebuild.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** {@code rebuild}: have the views been made of nothing but the events? Afterwards they have. */
@Command(
    name = "rebuild",
    description = {
      "Has query-side build its views anew from the topic, and watches until they are served.",
      "Where a rebuild runs already, it watches that one. It can be interrupted and run again."
    },
    exitCodeList = {
      "0:the new views are served",
      "1:the rebuild waits: query-side does not know the type of an event",
      "2:could not begin it, or not see how it went on"
    })
final class RebuildCommand extends ReportingCommand {
  private static final int WAITS = 1;
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final int SILENT_AT_MOST = 60;

  @ArgGroup(exclusive = false, multiplicity = "1")
  private QuerySideOptions querySide = new QuerySideOptions();

  @Override
  public Integer call() {
    try (RemoteQuerySide remote = querySide.open()) {
      RemoteRebuild rebuild = new RemoteRebuild(remote);
      State last = watch(rebuild, rebuild.begin());
      tell(last);
      return last.stoppedBy().isEmpty() ? Status.SOUND : WAITS;
    } catch (UncheckedLogException e) {
      return unchecked("rebuild", String.valueOf(e.getMessage()));
    }
  }

  private State watch(RemoteRebuild rebuild, State begun) throws UncheckedLogException {
    State now = begun;
    int silent = 0;
    try (Progress progress = progress("Rebuilding", now.eventsTotal())) {
      while (!now.serves(begun.generation()) && now.stoppedBy().isEmpty()) {
        pause();
        try {
          now = rebuild.look();
          silent = 0;
          progress.reached(now.eventsDone(), now.eventsTotal());
        } catch (IOException e) {
          silent++;
          if (silent > SILENT_AT_MOST) {
            throw new UncheckedLogException("query-side gives no answer any more: " + e);
          }
        }
      }
    }
    return now;
  }

  private void tell(State last) {
    String result = last.stoppedBy().isEmpty() ? "rebuilt" : "waits";
    if (json()) {
      Map<String, Object> line = result(result);
      line.put("generation", last.generation());
      line.put("events", last.eventsDone());
      if (!last.stoppedBy().isEmpty()) {
        line.put("stoppedBy", last.stoppedBy());
      }
      print(line);
    } else if (last.stoppedBy().isEmpty()) {
      out()
          .printf(
              "Rebuilt the views from %,d events: generation %d is served.%n",
              last.eventsDone(), last.generation());
    } else {
      out()
          .println(
              "The rebuild waits before an event of type %s, which query-side does not know; it goes on after an upgrade, and the old views are served."
                  .formatted(printable(last.stoppedBy())));
    }
  }

  private static void pause() throws UncheckedLogException {
    try {
      Thread.sleep(LOOK_EVERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedLogException("interrupted");
    }
  }
}
