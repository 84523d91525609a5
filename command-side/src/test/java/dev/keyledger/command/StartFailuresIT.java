package dev.keyledger.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.local.Ports;
import dev.keyledger.testkit.TestPlatform;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A service that can't start says why in a sentence, and shows no stack trace and no secret. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailuresIT {
  private static final String ROOT_KEY = "--keyledger.root-keys.keys.k=" + TestPlatform.ROOT_KEY;
  private static final String CURRENT = "--keyledger.root-keys.current=k";

  private static final String LOG_KEY = "--keyledger.log.key=" + TestPlatform.LOG_KEY;
  private static final String ORIGIN = "--keyledger.log.origin=" + TestPlatform.LOG_ORIGIN;

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void theReasonIsASentence(String sentence, String[] arguments, CapturedOutput output) {
    assertThatThrownBy(() -> start(arguments)).isInstanceOf(Exception.class);

    assertThat(output.getAll())
        .contains("APPLICATION FAILED TO START", sentence)
        .doesNotContain(
            "\tat ", "stack_trace", TestPlatform.ROOT_KEY, TestPlatform.LOG_KEY, "c2hvcnQ");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        failure("No root key is configured: set keyledger.root-keys.current", LOG_KEY, ORIGIN),
        failure(
            "Root key 'k' has 5 bytes; it must have 32",
            CURRENT,
            "--keyledger.root-keys.keys.k=c2hvcnQ=",
            LOG_KEY,
            ORIGIN),
        failure(
            "keyledger.codes.length must be 6, 7 or 8",
            CURRENT,
            ROOT_KEY,
            "--keyledger.codes.length=9"),
        failure(
            "keyledger.keys.max-per-account must be 1 to 750",
            CURRENT,
            ROOT_KEY,
            "--keyledger.keys.max-per-account=751"),
        failure("No key of the log is configured: set keyledger.log.key", CURRENT, ROOT_KEY),
        failure(
            "keyledger.log.key has 5 bytes; it must have 32",
            CURRENT,
            ROOT_KEY,
            ORIGIN,
            "--keyledger.log.key=c2hvcnQ="),
        failure("The log has no name: set keyledger.log.origin", CURRENT, ROOT_KEY, LOG_KEY),
        failure("PostgreSQL is not to be had", CURRENT, ROOT_KEY, LOG_KEY, ORIGIN));
  }

  private static Arguments failure(String sentence, String... arguments) {
    return Arguments.of(sentence, arguments);
  }

  private static void start(String... arguments) {
    Stream<String> platform =
        Stream.of(
            "--server.port=0",
            "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + Ports.free() + "/none",
            "--spring.datasource.hikari.connection-timeout=250",
            "--spring.flyway.connect-retries=0",
            "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:1/none",
            "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + TestPlatform.ISSUER);
    new SpringApplicationBuilder(CommandSideApplication.class)
        .run(Stream.concat(platform, Stream.of(arguments)).toArray(String[]::new))
        .close();
  }
}
