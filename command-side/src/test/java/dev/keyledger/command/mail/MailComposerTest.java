package dev.keyledger.command.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.command.crypto.DerivedCodes;
import dev.keyledger.command.crypto.RootKeys;
import dev.keyledger.command.mail.MailComposer.Composed;
import dev.keyledger.command.mail.Mails.Reason;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.testkit.TestPlatform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    assertThat(composer.compose(opened, List.of(), opened.expiresAt().minusMillis(1)))
        .isInstanceOf(Composed.Written.class);
    assertThat(composer.compose(opened, List.of(), opened.expiresAt()))
        .isEqualTo(new Composed.NotWorthIt(Reason.EXPIRED));
  }

  @ParameterizedTest
  @MethodSource("voiding")
  void aCodeThatIsVoidIsNotSent(KeyRingEvent later) {
    assertThat(composer.compose(Events.opened("alice", "ch_1"), List.of(later), Events.AT))
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

    assertThat(composer.compose(Events.opened("alice", "ch_1"), later, Events.AT))
        .isInstanceOf(Composed.Written.class);
  }

  @ParameterizedTest
  @MethodSource("notices")
  void aNoticeIsSentWhateverHappensLaterUntilItIsOld(KeyRingEvent event) {
    List<KeyRingEvent> later = List.of(Events.verified("alice", "ch_1"), Events.deleted("alice"));
    Instant last = event.occurredAt().plus(KEEP_TRYING);

    assertThat(composer.compose(event, later, last)).isInstanceOf(Composed.Written.class);
    assertThat(composer.compose(event, later, last.plusMillis(1)))
        .isEqualTo(new Composed.NotWorthIt(Reason.EXPIRED));
  }

  static Stream<KeyRingEvent> notices() {
    return Stream.of(
        Events.twoFactorEnabled("alice"),
        Events.twoFactorDisabled("alice"),
        Events.locked("alice"),
        Events.created("alice"),
        Events.edited("alice"),
        Events.deleted("alice"),
        Events.allDeleted("alice"));
  }

  @Test
  void nothingIsWrittenForEventsThatCallForNoMail() {
    assertThat(
            Stream.of(
                Events.enrolmentStarted("alice"),
                Events.rejected("alice"),
                Events.verified("alice", "ch_1"),
                Events.closed("alice", "ch_1")))
        .allSatisfy(event ->
            assertThatThrownBy(() -> composer.compose(event, List.of(), Events.AT))
                .isInstanceOf(IllegalStateException.class));
  }

  private MailText written(KeyRingEvent event) {
    return ((Composed.Written) composer.compose(event, List.of(), Events.AT)).text();
  }

  private static String codeOf(String challengeId, int issue) {
    return CODES.emailCode(Events.ROOT_KEY_ID, challengeId, issue).reveal();
  }
}
