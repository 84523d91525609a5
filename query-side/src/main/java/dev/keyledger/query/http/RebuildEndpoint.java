package dev.keyledger.query.http;

import dev.keyledger.query.rebuild.Rebuild;
import dev.keyledger.query.rebuild.Rebuilds;
import dev.keyledger.query.views.ViewStoreException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/** Lets operators build the views anew ({@code /actuator/rebuild}, scope {@code ops:rebuild}). */
@Endpoint(id = "rebuild")
public final class RebuildEndpoint {
  private final Rebuilds rebuilds;

  RebuildEndpoint(Rebuilds rebuilds) {
    this.rebuilds = rebuilds;
  }

  /** How the rebuild is that runs or ran last. */
  @ReadOperation
  public Mono<WebEndpointResponse<RebuildAnswer>> show() {
    return answer(rebuilds.find(), HttpStatus.OK);
  }

  /** Begins one. Where one runs already, that is the answer, and no other begins. */
  @WriteOperation
  public Mono<WebEndpointResponse<RebuildAnswer>> begin() {
    return answer(rebuilds.begin(), HttpStatus.ACCEPTED);
  }

  private static Mono<WebEndpointResponse<RebuildAnswer>> answer(
      Mono<Rebuild> rebuild, HttpStatus status) {
    return rebuild
        .map(found -> new WebEndpointResponse<>(RebuildAnswer.of(found), status.value()))
        .onErrorMap(ViewStoreException.class, Unavailable::because);
  }
}
