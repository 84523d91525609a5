package dev.keyledger.query.http.audit;

import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.problem.Problems;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.Parameters;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.MediaType;

/** What the streams have in common, for their OpenAPI description. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameters({
  @Parameter(
      name = StreamController.LAST_EVENT_ID,
      in = ParameterIn.HEADER,
      description = "A log index to go on after; counts more than after.",
      schema = @Schema(type = "integer", format = "int64", minimum = "-1")),
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "A log index to go on after, -1 for everything.",
      schema = @Schema(type = "integer", format = "int64", minimum = "-1"))
})
@ApiResponse(
    responseCode = "200",
    description = "Events without end, until the token's own",
    content =
        @Content(
            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
            schema = @Schema(implementation = EventAnswer.class)))
@Problems({ProblemType.MALFORMED_REQUEST, ProblemType.TOO_MANY_STREAMS})
@interface Resumable {
  /** Ends the description of each. */
  String FROM_NOW_ON =
      "from now on or after what is asked for; their ids are log indexes. A comment every 15 s shows"
          + " that the connection is alive.";
}
