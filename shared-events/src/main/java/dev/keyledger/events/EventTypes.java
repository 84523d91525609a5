package dev.keyledger.events;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The public name and schema of each kind of event: {@code dev.keyledger.<Name>.v1}. */
public final class EventTypes {
  public static final String PREFIX = "dev.keyledger.";
  public static final String SUFFIX = ".v1";

  /** Base of the schemas' identifiers; each service also serves them under {@code /schemas/}. */
  public static final String SCHEMA_BASE = "https://keyledger.dev/schemas/";

  private static final Map<String, Class<? extends KeyRingEvent>> SORTED = catalogue();
  private static final Map<String, Class<? extends KeyRingEvent>> BY_NAME = Map.copyOf(SORTED);

  private EventTypes() {}

  /** The {@code ce_type} of an event class. */
  public static String nameOf(Class<? extends KeyRingEvent> type) {
    return PREFIX + type.getSimpleName() + SUFFIX;
  }

  /** The event class of a {@code ce_type}; empty for one that this version does not know. */
  public static Optional<Class<? extends KeyRingEvent>> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All types by their {@code ce_type}, sorted. */
  public static Map<String, Class<? extends KeyRingEvent>> all() {
    return SORTED;
  }

  /** The {@code ce_dataschema} of an event class. */
  public static String schemaUri(Class<? extends KeyRingEvent> type) {
    return schemaUri(nameOf(type));
  }

  /** The {@code ce_dataschema} of a {@code ce_type}. */
  public static String schemaUri(String name) {
    return SCHEMA_BASE + name + ".json";
  }

  /** Whether a {@code ce_type} has a schema: those of events, and that of {@link LiveKey}. */
  public static boolean hasSchema(String name) {
    return BY_NAME.containsKey(name) || name.equals(LiveKey.TYPE);
  }

  /** Where the schema of a {@code ce_type} lies on the class path. */
  public static String schemaResource(String name) {
    return "/schemas/" + name + ".json";
  }

  private static Map<String, Class<? extends KeyRingEvent>> catalogue() {
    Map<String, Class<? extends KeyRingEvent>> types = new TreeMap<>();
    Arrays.stream(KeyRingEvent.class.getPermittedSubclasses())
        .map(type -> type.<KeyRingEvent>asSubclass(KeyRingEvent.class))
        .forEach(type -> types.put(nameOf(type), type));
    return java.util.Collections.unmodifiableMap(types);
  }
}
