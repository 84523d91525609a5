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
  void keepsNoMoreThanAFewThousand() {
    IntStream.range(0, 10_000)
        .forEach(n -> {
          String _ = few.text("reason " + n);
        });
    String late = few.text(copy("reason 9999"));

    assertThat(late).isEqualTo("reason 9999").isNotSameAs(few.text(copy("reason 9999")));
  }

  private static String copy(String text) {
    return new String(text.toCharArray());
  }
}
