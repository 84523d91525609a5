package dev.keyledger.command.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.command.crypto.DerivedCodes;
import dev.keyledger.command.mail.MailComposer.Composed;
import dev.keyledger.command.mail.Mails.Reason;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.testkit.TestPlatform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MailComposerTest {
  private static final Duration KEEP_TRYING = Duration.ofDays(3);
  private static final DerivedCodes CODES =
      new DerivedCodes(
          new RootKeys(Events.ROOT_KEY_ID, Map.of(Events.ROOT_KEY_ID, TestPlatform.ROOT_KEY)), 8);

  private final MailComposer composer =
      new MailComposer(new MailWriter("Keyledger"), CODES, KEEP_TRYING);

  @Test
  void aCodeIsDerivedFromWhatTheEventSays() {
    assertThat(written(Events.opened("alice", "ch_1")).code()).isEqualTo(codeOf("ch_1", 1));
    assertThat(written(Events.reissued("alice", "ch_1", 2)).code()).isEqualTo(codeOf("ch_1", 2));
    assertThat(codeOf("ch_1", 1)).isNotEqualTo(codeOf("ch_1", 2)).hasSize(8);
  }

  @Test
  void aCodeIsSentUntilItExpires() {
    KeyRingEvent.ChallengeOpened opened = Events.opened("alice", "ch_1");

    assertThat(composer.compose(null, opened, List.of(), opened.expiresAt().minusMillis(1)))
        .isInstanceOf(Composed.Written.class);
    assertThat(composer.compose(null, opened, List.of(), opened.expiresAt()))
        .isEqualTo(new Composed.NotWorthIt(Reason.EXPIRED));
  }

  @ParameterizedTest
  @MethodSource("voiding")
  void aCodeThatIsVoidIsNotSent(KeyRingEvent later) {
    assertThat(composer.compose(null, Events.opened("alice", "ch_1"), List.of(later), Events.AT))
        .isEqualTo(new Composed.NotWorthIt(Reason.SUPERSEDED));
  }

  static Stream<KeyRingEvent> voiding() {
    return Stream.of(
        Events.reissued("alice", "ch_1", 2),
        Events.verified("alice", "ch_1"),
        Events.closed("alice", "ch_1"));
  }

  @Test
  void whatHappensToAnotherChallengeDoesNotVoidIt() {
    List<KeyRingEvent> later =
        List.of(
            Events.rejected("alice"),
            Events.reissued("alice", "ch_2", 2),
            Events.verified("alice", "ch_2"),
            Events.closed("alice", "ch_2"),
            Events.locked("alice"));

    assertThat(composer.compose(null, Events.opened("alice", "ch_1"), later, Events.AT))
        .isInstanceOf(Composed.Written.class);
  }

  @ParameterizedTest
  @MethodSource("notices")
  void aNoticeIsSentWhateverHappensLaterUntilItIsOld(KeyRingEvent event) {
    List<KeyRingEvent> later = List.of(Events.verified("alice", "ch_1"), Events.deleted("alice"));
    Instant last = event.occurredAt().plus(KEEP_TRYING);

    assertThat(composer.compose(Events.verified("alice", "ch_1"), event, later, last))
        .isInstanceOf(Composed.Written.class);
    assertThat(composer.compose(Events.verified("alice", "ch_1"), event, later, last.plusMillis(1)))
        .isEqualTo(new Composed.NotWorthIt(Reason.EXPIRED));
  }

  static Stream<KeyRingEvent> notices() {
    return Stream.of(
        Events.twoFactorEnabled("alice"),
        Events.twoFactorDisabled("alice"),
        Events.locked("alice"),
        Events.created("alice"),
        Events.edited("alice"),
        Events.disabled("alice", "leak-reported"),
        Events.enabled("alice"),
        Events.rotated("alice", Duration.ZERO),
        Events.expiring("alice"),
        Events.expired("alice"),
        Events.lapsed("alice"),
        Events.twoFactorReset("alice"),
        Events.deleted("alice"),
        Events.allDeleted("alice"));
  }

  @ParameterizedTest
  @MethodSource("notices")
  void nothingFromBeforeAnErasureIsSentAfterIt(KeyRingEvent event) {
    List<KeyRingEvent> later = List.of(Events.erased("alice"), Events.opened("alice", "ch_9"));

    assertThat(composer.compose(null, event, later, Events.AT))
        .isEqualTo(new Composed.NotWorthIt(Reason.ERASED));
    assertThat(composer.compose(null, Events.opened("alice", "ch_1"), later, Events.AT))
        .isEqualTo(new Composed.NotWorthIt(Reason.ERASED));
    assertThat(written(Events.erased("alice"), event).plain()).isNotEmpty();
  }

  @Test
  void nothingIsWrittenForEventsThatCallForNoMail() {
    assertThat(
            Stream.of(
                Events.enrolmentStarted("alice"),
                Events.erased("alice"),
                Events.expiryChanged("alice", null),
                Events.rejected("alice"),
                Events.verified("alice", "ch_1"),
                Events.closed("alice", "ch_1")))
        .allSatisfy(event ->
            assertThatThrownBy(() ->
                    composer.compose(Events.verified("alice", "ch_1"), event, List.of(), Events.AT))
                .isInstanceOf(IllegalStateException.class));
  }

  @Test
  void aDeletionIsOfTheUsersOwnMakingOrTheEndOfAGrace() {
    KeyRingEvent deleted = Events.deleted("alice");

    assertThat(written(Events.verified("alice", "ch_1"), deleted).plain())
        .contains("The API key \"Bot1x\" was deleted")
        .contains("If it was not you");
    for (KeyRingEvent other :
        List.of(
            Events.rotated("alice", Duration.ofHours(1)),
            Events.verified("alice", "ch_2"),
            Events.locked("alice"),
            Events.edited("alice"))) {
      assertThat(written(other, deleted).plain())
          .contains("The old key of \"Bot1x\" was deleted")
          .doesNotContain("If it was not you");
    }
    assertThat(
            composer.compose(Events.rotated("alice", Duration.ZERO), deleted, List.of(), Events.AT))
        .isEqualTo(new Composed.NotWorthIt(Reason.SAID_ALREADY));
  }

  @Test
  void aChangedExpiryIsSaidWithTheRightsThatWereEdited() {
    KeyRingEvent edited = Events.edited("alice");
    Instant end = Instant.parse("2027-01-02T03:04:05Z");

    assertThat(text(null, edited, List.of(Events.expiryChanged("alice", end))).plain())
        .contains("It works until 2 January 2027, 03:04:05 UTC.");
    assertThat(text(null, edited, List.of(Events.expiryChanged("alice", null))).plain())
        .contains("It works without an end.");
    assertThat(
            text(null, edited, List.of(Events.locked("alice"), Events.expiryChanged("alice", end)))
                .plain())
        .doesNotContain("It works");
  }

  private MailText written(KeyRingEvent event) {
    return written(null, event);
  }

  private MailText written(@Nullable KeyRingEvent before, KeyRingEvent event) {
    return text(before, event, List.of());
  }

  private MailText text(
      @Nullable KeyRingEvent before, KeyRingEvent event, List<KeyRingEvent> later) {
    return ((Composed.Written) composer.compose(before, event, later, Events.AT)).text();
  }

  private static String codeOf(String challengeId, int issue) {
    return CODES.emailCode(Events.ROOT_KEY_ID, challengeId, issue).reveal();
  }
}
