package dev.keyledger.bench.bare;

import org.springframework.boot.SpringApplication;

/** Starts the application named by the first argument: {@code empty} or {@code list}. */
public final class BareApplication {
  private BareApplication() {}

  public static void main(String[] arguments) {
    Class<?> application =
        switch (arguments[0]) {
          case "empty" -> EmptyApplication.class;
          case "list" -> ListApplication.class;
          default -> throw new IllegalArgumentException("empty or list, not " + arguments[0]);
        };
    SpringApplication.run(application);
  }
}
