package dev.keyledger.http.shortcut;

import dev.keyledger.http.security.Grant;
import dev.keyledger.http.security.KnownCallers;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Stands where requests come in, and sends each one its way. */
final class Shortcuts
    implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {
  private final List<Route> routes;
  private final KnownCallers callers;
  private final UsualChain usual;

  Shortcuts(List<Route> routes, KnownCallers callers, UsualChain usual) {
    this.routes = List.copyOf(routes);
    this.callers = callers;
    this.usual = usual;
  }

  @Override
  public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
    for (Route route : routes) {
      if (route.isAskedBy(request)) {
        return apply(route, request, response);
      }
    }
    return usual.answer(request, response);
  }

  private Publisher<Void> apply(
      Route route, HttpServerRequest request, HttpServerResponse response) {
    Optional<PlainRequest> plain = PlainRequest.of(request).filter(route::takes);
    Optional<Grant> caller = plain.flatMap(it -> callers.of(it.authorization()));
    if (caller.filter(route::isOpenTo).isEmpty()) {
      route.left();
      return usual.answer(request, response);
    }
    return new ShortExchange(route, usual, request, response)
        .answer(caller.get().account(), plain.get().length());
  }
}
