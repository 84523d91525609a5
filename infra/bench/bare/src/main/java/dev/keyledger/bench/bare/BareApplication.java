package dev.keyledger.bench.bare;

import org.springframework.boot.SpringApplication;

/**
 * Starts the application named by the first argument: {@code empty}, {@code list} or {@code
 * verify}.
 */
public final class BareApplication {
  private BareApplication() {}

  public static void main(String[] arguments) {
    Class<?> application =
        switch (arguments[0]) {
          case "empty" -> EmptyApplication.class;
          case "list" -> ListApplication.class;
          case "verify" -> VerifyApplication.class;
          default ->
              throw new IllegalArgumentException("empty, list or verify, not " + arguments[0]);
        };
    SpringApplication.run(application);
  }
}
