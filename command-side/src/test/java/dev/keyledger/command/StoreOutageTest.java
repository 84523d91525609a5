package dev.keyledger.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class StoreOutageTest {

  @Test
  void isAStoreThatCanNotBeReached() {
    assertThat(StoreOutage.isCauseOf(new SQLTransientConnectionException("pool"))).isTrue();
    assertThat(StoreOutage.isCauseOf(new RuntimeException(new SQLException("gone", "08006"))))
        .isTrue();
    assertThat(StoreOutage.isCauseOf(new RuntimeException(new SQLException("stop", "57P01"))))
        .isTrue();
    assertThat(StoreOutage.isCauseOf(new RuntimeException(new SQLException("lock", "55P03"))))
        .isTrue();
    assertThat(
            StoreOutage.isCauseOf(new RejectedExecutionException("turn", new TimeoutException())))
        .isTrue();
  }

  @Test
  void isNoFaultOfOurOwn() {
    assertThat(StoreOutage.isCauseOf(new SQLException("syntax", "42601"))).isFalse();
    assertThat(StoreOutage.isCauseOf(new SQLException("nothing known"))).isFalse();
    assertThat(StoreOutage.isCauseOf(new IllegalStateException())).isFalse();
  }
}
