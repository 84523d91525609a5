package dev.keyledger.command.store;

import dev.keyledger.command.CommandSideApplication;
import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRingCommand.CreateKey;
import dev.keyledger.command.keyring.KeyRingCommand.EnableTwoFactor;
import dev.keyledger.command.keyring.Outcome.EnrolmentStarted;
import dev.keyledger.testkit.TestPlatform;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class SeedFlowIT {
  @Test
  void flow() {
    TestPlatform platform = TestPlatform.get();
    String[] args =
        platform.commandSideProperties().entrySet().stream()
            .map(e -> "--" + e.getKey() + "=" + e.getValue())
            .toArray(String[]::new);
    try (ConfigurableApplicationContext node =
        new SpringApplicationBuilder(CommandSideApplication.class).run(args)) {
      KeyRings rings = node.getBean(KeyRings.class);
      String account = platform.freshName("acct");
      Decision refused =
          rings.send(
              new CreateKey(account, "Bot1x", null, null, null, null, null), "a@example.com");
      System.out.println(refused);
      EnrolmentStarted started =
          (EnrolmentStarted) rings.send(new EnableTwoFactor(account), null).outcome();
      Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> rings.position(account) == 1);
    }
  }
}
