package dev.keyledger.e2e;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Prints what happens so that it reads like the manual. */
final class Narrator implements Http.Watcher {
  private final PrintStream out;
  private int chapter;

  Narrator(PrintStream out) {
    this.out = out;
  }

  void chapter(String title) {
    out.printf("%n── %d. %s%n", ++chapter, title);
  }

  void say(String text) {
    out.println(text);
  }

  @Override
  public void called(String method, String url, @Nullable Object body, Answer answer) {
    out.printf("%n  → %s %s%n", method, url);
    if (body != null) {
      out.println(indent(Http.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(body)));
    }
    String position = answer.position() < 0 ? "" : "   Keyledger-Position: " + answer.position();
    out.printf("  ← %d%s%n", answer.status(), position);
    if (!answer.body().isMissingNode()) {
      out.println(indent(pretty(answer.body())));
    }
  }

  void mail(AccountHolder.Mail mail) {
    out.printf("%n  ✉ %s%n%s%n", mail.subject(), indent(mail.text().strip()));
  }

  void event(EventReader.Event event) {
    out.printf("  ⚡ %s  %s%n", event.id(), event.type());
    out.println(indent(event.json()));
  }

  private static String pretty(JsonNode json) {
    return Http.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
  }

  private static String indent(String text) {
    return text.indent(4).stripTrailing();
  }
}
