package dev.keyledger.query.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Says in the OpenAPI document what {@link RebuildEndpoint} is like: the generator finds of an
 * endpoint of Actuator that it is there, and neither its answers nor its problems.
 */
@RestController
@RequestMapping(path = "/actuator/rebuild", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
final class RebuildDescription {

  @GetMapping
  @Operation(
      summary = "Show how the rebuild is",
      description = "The one that runs or ran last. Takes the scope ops:rebuild.")
  @ApiResponse(
      responseCode = "200",
      description = "How it is",
      content = @Content(schema = @Schema(implementation = RebuildAnswer.class)))
  Mono<ResponseEntity<RebuildAnswer>> showRebuild() {
    return Mono.empty();
  }

  @PostMapping
  @Operation(
      summary = "Build the views anew",
      description =
          "From the topic, beside those that are served, which go on answering meanwhile. Where a"
              + " rebuild runs already, that is the answer, and no other begins. Takes the scope"
              + " ops:rebuild.")
  @ApiResponse(
      responseCode = "202",
      description = "It runs",
      content = @Content(schema = @Schema(implementation = RebuildAnswer.class)))
  Mono<ResponseEntity<RebuildAnswer>> beginRebuild() {
    return Mono.empty();
  }
}
