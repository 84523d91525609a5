package dev.keyledger.command.http;

import dev.keyledger.command.keyring.Change;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.type.TypeFactory;

/** Tells a member that is absent from one that is null. */
final class ChangeDeserializer extends ValueDeserializer<Change<?>> {
  private final JavaType value;

  /** For Jackson, which then asks for one that knows what changes. */
  ChangeDeserializer() {
    this(TypeFactory.unsafeSimpleType(Object.class));
  }

  private ChangeDeserializer(JavaType value) {
    this.value = value;
  }

  @Override
  public ValueDeserializer<?> createContextual(
      DeserializationContext context, BeanProperty property) {
    return new ChangeDeserializer(property.getType().containedType(0));
  }

  @Override
  public Change<?> deserialize(JsonParser json, DeserializationContext context) {
    return Change.to(context.<Object>readValue(json, value));
  }

  @Override
  public Change<?> getNullValue(DeserializationContext context) {
    return Change.to(null);
  }

  @Override
  public @Nullable Object getAbsentValue(DeserializationContext context) {
    return Change.none();
  }
}
