package dev.keyledger.signatures;

import java.util.Set;
import org.greenbytes.http.sfv.BooleanItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.StringItem;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a component or a signature. */
final class ParameterReader {
  private ParameterReader() {}

  /** Refuses a parameter that is unknown or doesn't belong here (RFC 9421, section 2.5). */
  static void allow(Parameters parameters, Set<String> names) throws RefusedException {
    if (!names.containsAll(parameters.keySet())) {
      throw RefusedException.malformed();
    }
  }

  static boolean flag(Parameters parameters, String name) throws RefusedException {
    Item<?> value = parameters.get(name);
    if (value == null) {
      return false;
    }
    if (value instanceof BooleanItem flag && flag.get()) {
      return true;
    }
    throw RefusedException.malformed();
  }

  static @Nullable String text(Parameters parameters, String name) throws RefusedException {
    Item<?> value = parameters.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof StringItem text) {
      return text.get();
    }
    throw RefusedException.malformed();
  }
}
