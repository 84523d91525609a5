package dev.keyledger.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecurringTest {
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

  private static String copy(String text) {
    return new String(text.toCharArray());
  }
}
