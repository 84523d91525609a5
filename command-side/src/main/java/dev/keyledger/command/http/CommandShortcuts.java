package dev.keyledger.command.http;

import dev.keyledger.command.http.Requests.CodesRequest;
import dev.keyledger.command.http.Requests.CreateKeyRequest;
import dev.keyledger.command.http.Requests.TotpRequest;
import dev.keyledger.http.shortcut.Shortcut;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** The commands on the way from nothing to a key, which are most of all (docs/adr/0038). */
@Configuration(proxyBeanMethods = false)
class CommandShortcuts {
  private final JsonMapper json;
  private final Scheduler blocking;

  CommandShortcuts(
      JsonMapper json,
      @Qualifier(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME)
          AsyncTaskExecutor blocking) {
    this.json = json;
    this.blocking = Schedulers.fromExecutor(blocking);
  }

  @Bean
  Shortcut enrolmentShortcut(TwoFactorController controller) {
    return CommandShortcut.withoutBody(
        "/v1/two-factor", call -> controller.enable(call.caller()), json, blocking);
  }

  @Bean
  Shortcut confirmationShortcut(TwoFactorController controller) {
    return CommandShortcut.withBody(
        "/v1/two-factor/confirmation",
        TotpRequest.class,
        (body, call) -> controller.confirm(body, call.caller()),
        json,
        blocking);
  }

  @Bean
  Shortcut creationShortcut(KeysController controller) {
    return CommandShortcut.withBody(
        "/v1/keys",
        CreateKeyRequest.class,
        (body, call) -> controller.create(body, call.caller()),
        json,
        blocking);
  }

  @Bean
  Shortcut codesShortcut(ChallengesController controller) {
    return CommandShortcut.withBody(
        "/v1/challenges/{challengeId}/verification",
        CodesRequest.class,
        (body, call) -> controller.verify(call.variable(), body, call.caller()),
        json,
        blocking);
  }
}
