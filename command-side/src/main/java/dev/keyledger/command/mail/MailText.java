package dev.keyledger.command.mail;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/**
 * A mail in words.
 *
 * @param subject one line
 * @param code shown large in the HTML part; empty for a notice
 * @param paragraphs what it says, plain
 */
record MailText(String subject, String code, List<String> paragraphs) {

  String plain() {
    String words = String.join("\n\n", paragraphs);
    return code.isEmpty() ? words + "\n" : "Your code: " + code + "\n\n" + words + "\n";
  }

  String html() {
    String shown =
        code.isEmpty()
            ? ""
            : "<p>Your code:</p><p style=\"font:bold 28px monospace;letter-spacing:4px\">"
                + HtmlUtils.htmlEscape(code)
                + "</p>";
    return "<!doctype html><html lang=\"en\"><body style=\"font:16px sans-serif\">"
        + shown
        + paragraphs.stream()
            .map(paragraph -> "<p>" + HtmlUtils.htmlEscape(paragraph) + "</p>")
            .collect(Collectors.joining())
        + "</body></html>";
  }
}
