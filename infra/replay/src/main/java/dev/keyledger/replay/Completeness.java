package dev.keyledger.replay;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Operation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an event lacks: every component must be there that isn't {@code @Nullable}. A waiting
 * operation is exempt, since no view tells of it and later versions will have more kinds.
 */
public final class Completeness {
  private static final Map<Class<?>, List<RecordComponent>> REQUIRED = new ConcurrentHashMap<>();

  private Completeness() {}

  /** Name of the first component that is missing or holds a null, empty if there is none. */
  public static String missing(KeyRingEvent event) {
    for (RecordComponent component :
        REQUIRED.computeIfAbsent(event.getClass(), Completeness::required)) {
      if (lacks(value(component, event))) {
        return component.getName();
      }
    }
    return "";
  }

  private static List<RecordComponent> required(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> !component.getType().isPrimitive())
        .filter(component -> component.getType() != Operation.class)
        .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
        .toList();
  }

  private static boolean lacks(@Nullable Object value) {
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (element == null) {
          return true;
        }
      }
    }
    return value == null;
  }

  private static @Nullable Object value(RecordComponent component, KeyRingEvent event) {
    try {
      return component.getAccessor().invoke(event);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
