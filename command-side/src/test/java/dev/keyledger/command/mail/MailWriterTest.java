package dev.keyledger.command.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.crypto.SecretText;
import dev.keyledger.events.Operation;
import dev.keyledger.events.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MailWriterTest {
  private static final Pattern EIGHT_DIGITS = Pattern.compile("(?<!\\d)\\d{8}(?!\\d)");
  private static final String CODE = "01234567";
  private static final List<String> BOTH = List.of("email", "totp");

  private final MailWriter writer = new MailWriter("Exchange & Co");

  @ParameterizedTest
  @MethodSource("operations")
  void aCodeMailSaysWhatTheCodeConfirms(Operation operation, List<String> words) {
    MailText mail = code(operation, BOTH);

    assertThat(mail.plain()).contains(words).contains("confirms one thing and nothing else");
  }

  static Stream<Arguments> operations() {
    return Stream.of(
        Arguments.of(
            new Operation.CreateKey(
                "Bot1x",
                List.of("read", "trade"),
                List.of("203.0.113.7", "2001:db8::/48"),
                "ed25519",
                null,
                new RateLimit(10, 20),
                Instant.parse("2027-01-02T03:04:05Z")),
            List.of(
                "create the API key \"Bot1x\"",
                "read, trade",
                "from 203.0.113.7, 2001:db8::/48",
                "at most 10 times per second, 20 at once",
                "until 2 January 2027, 03:04:05 UTC")),
        Arguments.of(
            new Operation.EditPermissions(
                "kl_pub_1",
                "Bot1x",
                List.of("read"),
                List.of(),
                new RateLimit(1, 1),
                Instant.parse("2027-01-02T03:04:05Z")),
            List.of(
                "change the API key \"Bot1x\"",
                "read from every IP address, at most 1 times per second, 1 at once",
                "until 2 January 2027, 03:04:05 UTC")),
        Arguments.of(
            new Operation.EnableKey("kl_pub_1", "Bot1x"),
            List.of("enable the API key \"Bot1x\" again")),
        Arguments.of(
            new Operation.RotateKey("kl_pub_1", "Bot1x", Duration.ZERO, null),
            List.of("replace the API key \"Bot1x\" by a new one", "stops working at once")),
        Arguments.of(
            new Operation.RotateKey("kl_pub_1", "Bot1x", Duration.parse("P1DT2H1S"), null),
            List.of("the old one goes on working for 1 day 2 hours 1 second")),
        Arguments.of(
            new Operation.DeleteKey("kl_pub_1", "Bot1x"), List.of("delete the API key \"Bot1x\"")),
        Arguments.of(new Operation.DeleteAll(), List.of("delete all API keys")),
        Arguments.of(
            new Operation.DisableTwoFactor(), List.of("switch two-factor authentication off")));
  }

  @Test
  void aCodeMailSaysFromWhomUntilWhenAndWhatToDo() {
    MailText mail = code(Events.CREATE, BOTH);

    assertThat(mail.subject()).contains("Exchange & Co").doesNotContain(CODE);
    assertThat(mail.plain())
        .contains(CODE, "from Exchange & Co", "before 22 November 2026, 12:10:00 UTC")
        .contains("works once", "If it was not you", "authenticator");
    assertThat(code(Events.CREATE, List.of("email")).plain()).doesNotContain("authenticator");
  }

  @Test
  void theCodeIsTheFirstRunOfEightDigits() {
    Operation odd =
        new Operation.CreateKey(
            "Bx12345678", List.of("read"), List.of(), "ed25519", null, null, null);

    assertThat(firstEightDigits(code(odd, BOTH).plain())).isEqualTo(CODE);
    assertThat(firstEightDigits(code(odd, BOTH).html().replaceAll("<[^>]*>", " "))).isEqualTo(CODE);
  }

  @Test
  void theHtmlPartEscapesWhatItSays() {
    MailText mail = code(Events.CREATE, BOTH);

    assertThat(mail.html())
        .contains("Exchange &amp; Co", "&quot;Bot1x&quot;", ">" + CODE + "<")
        .doesNotContain("Exchange & Co");
    assertThat(new MailText("s", "", List.of("<script>alert(1)</script>")).html())
        .doesNotContain("<script>");
  }

  @Test
  void noticesSayWhatHappenedAndWhenAndWhatToDo() {
    assertThat(
            Stream.of(
                writer.twoFactorEnabled(Events.AT),
                writer.twoFactorDisabled(Events.AT),
                writer.locked(Events.locked("alice")),
                writer.created(Events.created("alice")),
                writer.edited(Events.edited("alice"), null),
                writer.deleted(Events.deleted("alice")),
                writer.allDeleted(Events.allDeleted("alice", "kl_pub_1"))))
        .allSatisfy(notice -> {
          assertThat(notice.code()).isEmpty();
          assertThat(notice.subject()).startsWith("Exchange & Co: ");
          assertThat(notice.plain())
              .contains("22 November 2026, 12:00:00 UTC", "If it was not you")
              .doesNotContainPattern(EIGHT_DIGITS)
              .doesNotContain("kl_pub_");
        });
    assertThat(writer.locked(Events.locked("alice")).plain()).contains("12:15:00");
    assertThat(writer.created(Events.created("alice")).plain())
        .contains("\"Bot1x\" was created", "may read, trade from 203.0.113.7");
    assertThat(writer.edited(Events.edited("alice"), null).plain())
        .contains("could read from every IP address")
        .contains("may read, withdraw from 203.0.113.7");
    assertThat(writer.allDeleted(Events.allDeleted("alice", "1", "2")).plain())
        .contains("were 2 keys");
  }

  @Test
  void eachStepInTheLifeOfAKeyIsSaidInWords() {
    assertThat(plain(writer.disabled(Events.disabled("alice", "by-owner"))))
        .contains("\"Bot1x\" was disabled", "once you enable it", "If it was not you");
    assertThat(plain(writer.disabled(Events.disabled("alice", "leak-reported"))))
        .contains("reported that it leaked", "Do not enable it again")
        .doesNotContain("If it was not you");
    assertThat(plain(writer.disabled(Events.disabled("alice", "support-reset"))))
        .contains("Our support did so");
    assertThat(plain(writer.enabled(Events.enabled("alice"))))
        .contains("\"Bot1x\" was enabled", "If it was not you");
    assertThat(plain(writer.rotated(Events.rotated("alice", Duration.ofHours(1)))))
        .contains("replaced by a new one", "works until 22 November 2026, 13:00:00 UTC");
    assertThat(plain(writer.rotated(Events.rotated("alice", Duration.ZERO))))
        .contains("The old one no longer works.");
    assertThat(plain(writer.graceEnded(Events.deleted("alice"))))
        .contains("The old key of \"Bot1x\" was deleted", "its grace was over");
    assertThat(plain(writer.expiring(Events.expiring("alice"))))
        .contains("works until 29 November 2026, 12:00:00 UTC");
    assertThat(plain(writer.expired(Events.expired("alice"))))
        .contains("\"Bot1x\" has expired", "22 November 2026, 12:00:00 UTC");
    assertThat(plain(writer.lapsed(Events.lapsed("alice"))))
        .contains("could read, trade from every IP address", "now it may read from every");
    assertThat(plain(writer.twoFactorReset(Events.twoFactorReset("alice"))))
        .contains("switched off by our support", "All API keys were disabled")
        .doesNotContain("support-12", "4711");
  }

  private static String plain(MailText notice) {
    assertThat(notice.code()).isEmpty();
    assertThat(notice.subject()).startsWith("Exchange & Co: ");
    assertThat(notice.plain()).doesNotContainPattern(EIGHT_DIGITS).doesNotContain("kl_pub_");
    return notice.plain();
  }

  private MailText code(Operation operation, List<String> factors) {
    return writer.code(
        SecretText.of(CODE), operation, factors, Instant.parse("2026-11-22T12:10:00Z"));
  }

  private static String firstEightDigits(String text) {
    Matcher digits = EIGHT_DIGITS.matcher(text);
    return digits.find() ? digits.group() : "";
  }
}
