package dev.keyledger.command.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.keyledger.command.keyring.KeyRing;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * JSON for the event store. Events are filed under their public names ({@code
 * dev.keyledger.KeyCreated.v1}), not under Java's, so that classes can move.
 */
final class EventSerializer extends Jackson3Serializer {

  /** Tokens of a replay name the class of the tokens within; no event or snapshot names one. */
  private static final PolymorphicTypeValidator AXONS_OWN =
      BasicPolymorphicTypeValidator.builder().allowIfSubType("org.axonframework.").build();

  EventSerializer() {
    super(
        builder()
            .jsonMapperBuilderCustomizer(json ->
                json.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .polymorphicTypeValidator(AXONS_OWN)
                    .addMixIn(KeyRing.class, FieldsOnly.class)));
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public SerializedType typeForClass(Class type) {
    return KeyRingEvent.class.isAssignableFrom(type)
        ? new SimpleSerializedType(EventTypes.nameOf(type), null)
        : super.typeForClass(type);
  }

  @Override
  protected String resolveClassName(SerializedType type) {
    return EventTypes.named(type.getName()).map(Class::getName).orElseGet(type::getName);
  }

  /** The aggregate's state is in its fields; it has no getters. */
  @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
  private interface FieldsOnly {}
}
