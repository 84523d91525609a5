package dev.keyledger.replay;

import dev.keyledger.events.KeyRingEvent;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * The values of events as JSON: what a later version added is passed over, but a value of the wrong
 * type is never bent into the right one. Safe for use by several threads.
 */
public final class EventJson {
  private final JsonMapper mapper =
      // Buffers of each thread's own: a pool for all costs as much as a tenth of reading an event.
      JsonMapper.builder(
              JsonFactory.builder().recyclerPool(JsonRecyclerPools.threadLocalPool()).build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .withCoercionConfig(
              LogicalType.Textual,
              config ->
                  config
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .addModule(new SimpleModule().addDeserializer(Instant.class, new InstantReader()))
          .addModule(new RecordMakers())
          .build();

  private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

  /**
   * Reads an event.
   *
   * @throws tools.jackson.core.JacksonException if it isn't one of that type
   */
  public KeyRingEvent read(byte[] value, Class<? extends KeyRingEvent> type) {
    return reader(type).readValue(value);
  }

  /** Reads an event of a stream, to its end, and closes it. */
  KeyRingEvent read(InputStream value, Class<? extends KeyRingEvent> type) {
    return reader(type).readValue(value);
  }

  private ObjectReader reader(Class<?> type) {
    ObjectReader reader = readers.get(type); // which never locks
    if (reader == null) {
      reader = readers.computeIfAbsent(type, mapper::readerFor);
    }
    return reader;
  }

  /**
   * Whether the value is a JSON object at all.
   *
   * @throws tools.jackson.core.JacksonException if it isn't JSON
   */
  public boolean isObject(byte[] value) {
    return mapper.readTree(value).isObject();
  }

  /** Instants are RFC 3339 text and nothing else. */
  private static final class InstantReader extends StdScalarDeserializer<Instant> {
    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        return (Instant)
            context.handleUnexpectedToken(context.constructType(Instant.class), parser);
      }
      try {
        return InstantText.parse(parser.getString());
      } catch (DateTimeParseException _) {
        return (Instant)
            context.handleWeirdStringValue(Instant.class, parser.getString(), "not RFC 3339");
      }
    }
  }
}
