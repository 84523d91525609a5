package dev.keyledger.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the Java records to the JSON that was written once. */
class GoldenTest {
  static final List<Golden> GOLDEN = Golden.all();

  @ParameterizedTest
  @FieldSource("GOLDEN")
  void isReadAndWrittenWithoutAChange(Golden golden) {
    KeyRingEvent event = Golden.MAPPER.treeToValue(golden.json(), golden.type());

    JsonNode written = Golden.MAPPER.readTree(Golden.MAPPER.writeValueAsString(event));

    assertThat(written).isEqualTo(golden.json());
  }

  @ParameterizedTest
  @FieldSource("GOLDEN")
  void isValid(Golden golden) {
    assertThat(Schemas.check(golden.typeName(), golden.json())).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("GOLDEN")
  void mayGrow(Golden golden) {
    ObjectNode grown = ((ObjectNode) golden.json().deepCopy()).put("fromTheFuture", 1);

    assertThat(Schemas.check(golden.typeName(), grown)).isEmpty();
    assertThat(Golden.MAPPER.treeToValue(grown, golden.type()))
        .isEqualTo(Golden.MAPPER.treeToValue(golden.json(), golden.type()));
  }

  @ParameterizedTest
  @FieldSource("GOLDEN")
  void isInvalidWithoutAnyOneOfTheRequiredFields(Golden golden) {
    for (JsonNode required : Schemas.of(golden.typeName()).get("required")) {
      ObjectNode torn = (ObjectNode) golden.json().deepCopy();
      torn.remove(required.stringValue());

      assertThat(Schemas.check(golden.typeName(), torn)).as(required.stringValue()).isNotEmpty();
    }
  }

  @Test
  void thereIsOneOfEachTypeAndOfEachOperation() {
    assertThat(GOLDEN.stream().map(Golden::typeName)).containsAll(EventTypes.all().keySet());
    assertThat(
            GOLDEN.stream()
                .flatMap(golden -> Stream.ofNullable(golden.json().get("operation")))
                .<Class<?>>map(json -> Golden.MAPPER.treeToValue(json, Operation.class).getClass()))
        .contains(Operation.class.getPermittedSubclasses());
  }
}
