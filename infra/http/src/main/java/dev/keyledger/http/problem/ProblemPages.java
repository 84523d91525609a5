package dev.keyledger.http.problem;

import io.swagger.v3.oas.annotations.Hidden;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The page that the {@code type} of a problem leads to. */
@Hidden
@RestController
public final class ProblemPages {
  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

  @GetMapping("/problems/{code}")
  ResponseEntity<byte[]> page(@PathVariable String code) {
    ProblemType type =
        ProblemType.ofCode(code).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
    return ResponseEntity.ok()
        .contentType(HTML)
        .body(render(type).getBytes(StandardCharsets.UTF_8));
  }

  private static String render(ProblemType type) {
    return """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
    <title>%1$s - Keyledger</title></head>
    <body>
    <h1>%1$s</h1>
    <p>%2$s</p>
    <p>Code <code>%3$s</code>, HTTP status %4$d.</p>
    </body>
    </html>
    """
        .formatted(
            HtmlUtils.htmlEscape(type.title()),
            HtmlUtils.htmlEscape(type.explanation()),
            type.code(),
            type.status().value());
  }
}
