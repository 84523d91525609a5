package dev.keyledger.command.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key may do: any of three, each once, in one order, {@code read} always among them. */
class PermissionsTest {

  @Test
  void readIsTheDefault() {
    assertThat(Permissions.parse(null)).contains(List.of("read"));
    assertThat(Permissions.parse(List.of())).contains(List.of("read"));
  }

  @ParameterizedTest
  @CsvSource({
    "read, read",
    "trade, read trade",
    "withdraw, read withdraw",
    "withdraw trade, read trade withdraw",
    "withdraw read trade read, read trade withdraw",
  })
  void areInOneOrderEachOnceAndReadAmongThem(String wanted, String expected) {
    assertThat(Permissions.parse(List.of(wanted.split(" ", -1))))
        .contains(List.of(expected.split(" ", -1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "admin", "READ", "read ", "read,trade"})
  void isBad(String permission) {
    assertThat(Permissions.parse(List.of("trade", permission))).isEmpty();
  }
}
