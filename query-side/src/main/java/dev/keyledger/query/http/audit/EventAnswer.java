package dev.keyledger.query.http.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keyledger.query.audit.LoggedEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as the log has it.
 *
 * @param type its {@code ce_type}
 * @param time when it was decided
 * @param data its value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder(alphabetic = false)
record EventAnswer(
    long logIndex,
    String accountId,
    long position,
    String type,
    Instant time,
    @Schema(
            implementation = Object.class,
            description = "As its JSON Schema says; absent if it is not JSON")
        @Nullable JsonNode data) {
  private static final JsonMapper EVENTS = JsonMapper.builder().build();

  static EventAnswer of(LoggedEvent event) {
    return new EventAnswer(
        event.index(), event.account(), event.position(), event.type(), event.time(), data(event));
  }

  private static @Nullable JsonNode data(LoggedEvent event) {
    try {
      return EVENTS.readTree(event.entry().value());
    } catch (JacksonException notJson) {
      return null;
    }
  }
}
