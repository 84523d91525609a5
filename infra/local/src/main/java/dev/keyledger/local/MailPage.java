package dev.keyledger.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Collectors;

/** The mail box as a page for a browser; everything from outside is escaped. */
final class MailPage {
  private static final String FORM =
      """
      <form><label>Address <input type="email" name="to" required autofocus></label> <button>Show</button></form>
      """;

  private MailPage() {}

  static String help() {
    return page(
        "Keyledger, local platform",
        """
        <p>Stands in for what a real exchange has: an identity provider and e-mail.</p>
        <ul>
          <li><code>POST /dev/token</code> with <code>{"sub": "alice", "email": "alice@example.com"}</code> gives a token;
              <code>"scope"</code> is <code>keys:manage</code> unless given.</li>
          <li><a href="/dev/mail">/dev/mail</a> is the mail box; <code>?to=alice@example.com</code> gives JSON to programs.</li>
          <li><a href="/.well-known/openid-configuration">/.well-known/openid-configuration</a> is for the services.</li>
        </ul>
        """);
  }

  static String mails(String address, List<Mail> mails) {
    String list = mails.isEmpty() ? "<p>No mail yet.</p>" : articles(mails);
    return page("Mail to " + address, FORM + list);
  }

  static String start(List<Mail> newest) {
    String links =
        newest.stream()
            .map(Mail::to)
            .distinct()
            .map(to -> "<li><a href=\"/dev/mail?to=" + query(to) + "\">" + escape(to) + "</a></li>")
            .collect(Collectors.joining("\n"));
    return page("Mail", FORM + "<ul>" + links + "</ul>");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String articles(List<Mail> mails) {
    return mails.stream()
        .map(mail ->
            "<article><strong>%s</strong> <small>%s</small><pre>%s</pre></article>"
                .formatted(escape(mail.subject()), mail.receivedAt(), escape(mail.text())))
        .collect(Collectors.joining("\n"));
  }

  private static String query(String value) {
    return URLEncoder.encode(value, UTF_8);
  }

  private static String page(String title, String content) {
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>%1$s</title>
    <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
      article { border-top: 1px solid #8888; padding: 1rem 0 }
      pre { white-space: pre-wrap; font: inherit; margin: .5rem 0 }
      small { opacity: .7 }
    </style>
    <h1>%1$s</h1>
    %2$s
    </html>
    """
        .formatted(escape(title), content);
  }
}
