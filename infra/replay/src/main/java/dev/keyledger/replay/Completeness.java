package dev.keyledger.replay;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Operation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an event lacks: every component must be there that isn't {@code @Nullable}. A waiting
 * operation is exempt, since no view tells of it and later versions will have more kinds.
 */
public final class Completeness {
  private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
  private static final ClassValue<List<Required>> REQUIRED =
      new ClassValue<>() {
        @Override
        protected List<Required> computeValue(Class<?> type) {
          return required(type);
        }
      };

  private Completeness() {}

  /** A component that must be there. */
  private record Required(String name, MethodHandle getter) {
    static Required of(RecordComponent component) {
      try {
        return new Required(
            component.getName(),
            MethodHandles.publicLookup().unreflect(component.getAccessor()).asType(GETTER));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }

    @Nullable Object of(KeyRingEvent event) {
      try {
        return (Object) getter.invokeExact((Object) event);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Name of the first component that is missing or holds a null, empty if there is none. */
  public static String missing(KeyRingEvent event) {
    for (Required component : REQUIRED.get(event.getClass())) {
      if (lacks(component.of(event))) {
        return component.name();
      }
    }
    return "";
  }

  private static List<Required> required(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> !component.getType().isPrimitive())
        .filter(component -> component.getType() != Operation.class)
        .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
        .map(Required::of)
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
}
