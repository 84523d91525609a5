package dev.keyledger.query.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The values of one header, in their order; a single one may stand without brackets. */
@Schema(oneOf = {String.class, String[].class})
final class HeaderValues {
  private final List<String> values;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  HeaderValues(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> values) {
    this.values = List.copyOf(values);
  }

  List<String> values() {
    return values;
  }
}
