package dev.keyledger.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.Rights;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecurringTest {
  private static final Cause CAUSE =
      new Cause("dev.keyledger.KeyCreated.v1", 1, 2, Instant.EPOCH, null, null, null, null);

  private final Recurring few = new Recurring();

  @Test
  void takesTheFirstForAllThatAreEqual() {
    String first = few.text(copy("ed25519"));
    List<String> list = few.list(List.of(copy("email"), copy("totp")));

    assertThat(few.text(copy("ed25519"))).isSameAs(first);
    assertThat(few.textIfAny(copy("ed25519"))).isSameAs(first);
    assertThat(few.list(new ArrayList<>(List.of("email", "totp")))).isSameAs(list);
  }

  @Test
  void tellsDifferentOnesApart() {
    assertThat(few.list(List.of("email", "totp"))).containsExactly("email", "totp");
    assertThat(few.list(List.of("totp", "email"))).containsExactly("totp", "email");
    assertThat(few.list(List.of())).isEmpty();
    assertThat(few.textIfAny(null)).isNull();
  }

  @Test
  void keepsNoListThatItsOwnerChanges() {
    List<String> changed = new ArrayList<>(List.of("read"));
    List<String> list = few.list(changed);
    changed.add("withdraw");

    assertThat(list).containsExactly("read");
    assertThat(few.list(List.of("read"))).containsExactly("read");
  }

  @Test
  void keepsNoMoreThanAThousand() {
    IntStream.range(0, 2 * Recurring.MOST)
        .forEach(n -> {
          String _ = few.text("reason " + n);
        });
    String late = "reason " + (2 * Recurring.MOST - 1);

    assertThat(few.text(copy(late))).isEqualTo(late).isNotSameAs(few.text(copy(late)));
  }

  @Test
  void keepsNothingLong() {
    String text = "x".repeat(Recurring.LONGEST_TEXT + 1);

    assertThat(few.text(copy(text))).isEqualTo(text).isNotSameAs(few.text(copy(text)));
    assertThat(few.list(List.of(text))).containsExactly(text).isNotSameAs(few.list(List.of(text)));
  }

  @Test
  void isAskedForWhatRingsKeep() {
    Approval first = approval();
    TwoFactor pending = pending();

    assertThat(approval().factors()).isSameAs(first.factors());
    assertThat(pending().rootKeyId()).isSameAs(pending.rootKeyId());
    Key key = key();
    assertThat(key().algorithm()).isSameAs(key.algorithm());
    assertThat(key().secretRootKeyId()).isSameAs(key.secretRootKeyId());
    assertThat(key().rights().permissions()).isSameAs(key.rights().permissions());
    assertThat(key().with(rights(), CAUSE).rights().permissions())
        .isSameAs(key.rights().permissions());
  }

  private static Approval approval() {
    return new Approval("ch_1", List.of(copy("email"), copy("totp")), 1, 2, Instant.EPOCH);
  }

  private static TwoFactor pending() {
    return new TwoFactor(TwoFactor.State.PENDING, "en_1", copy("2026-11"), null);
  }

  private static Key key() {
    return Key.made(
        "kl_1", "Bot", copy("hmac-sha256"), null, copy("2026-11"), rights(), null, null, CAUSE);
  }

  private static Rights rights() {
    return new Rights(List.of(copy("read"), copy("trade")), List.of());
  }

  private static String copy(String text) {
    return new String(text.toCharArray());
  }
}
