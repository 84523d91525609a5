package dev.keyledger.command.keyring;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an edit asks for a value: to be left as it is, or to be replaced, if need be by nothing. */
public sealed interface Change<T> {

  /** The value stays. */
  record None<T>() implements Change<T> {}

  /** The value is replaced; null removes it. */
  record To<T>(@Nullable T value) implements Change<T> {}

  static <T> Change<T> none() {
    return new None<>();
  }

  static <T> Change<T> to(@Nullable T value) {
    return new To<>(value);
  }

  /** The same change in another form. */
  default <R> Change<R> map(Function<T, R> form) {
    return switch (this) {
      case None<T> _ -> none();
      case To<T>(T value) -> to(value == null ? null : form.apply(value));
    };
  }
}
