package dev.keyledger.http;

import dev.keyledger.events.EventTypes;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the service's OpenAPI document and the JSON Schemas of the events, and nothing else of the
 * class path.
 */
@Hidden
@RestController
final class Documents {
  private static final MediaType SCHEMA = new MediaType("application", "schema+json");
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  @GetMapping("/openapi.json")
  ResponseEntity<byte[]> openApi() throws IOException {
    return document("/openapi.json", MediaType.APPLICATION_JSON);
  }

  @GetMapping("/schemas/{type}.json")
  ResponseEntity<byte[]> schema(@PathVariable String type) throws IOException {
    if (!EventTypes.hasSchema(type)) {
      throw new ProblemException(ProblemType.NOT_FOUND);
    }
    return document(EventTypes.schemaResource(type), SCHEMA);
  }

  private static ResponseEntity<byte[]> document(String path, MediaType type) throws IOException {
    ClassPathResource resource = new ClassPathResource(path);
    if (!resource.exists()) {
      throw new ProblemException(ProblemType.NOT_FOUND);
    }
    return ResponseEntity.ok()
        .contentType(type)
        .cacheControl(CacheControl.maxAge(MAX_AGE).cachePublic())
        .body(resource.getContentAsByteArray());
  }
}
