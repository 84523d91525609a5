package dev.keyledger.command.http;

import static java.util.Objects.requireNonNull;

import dev.keyledger.http.shortcut.ShortAnswer;
import dev.keyledger.http.shortcut.ShortCall;
import dev.keyledger.http.shortcut.Shortcut;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The short way of a command: what its controller answers, on a thread that may block, too. */
final class CommandShortcut implements Shortcut {
  private static final byte[] NOTHING = {};

  private final String path;
  private final boolean hasBody;
  private final Function<ShortCall, Supplier<ResponseEntity<Object>>> reader;
  private final JsonMapper json;
  private final Scheduler blocking;

  private CommandShortcut(
      String path,
      boolean hasBody,
      Function<ShortCall, Supplier<ResponseEntity<Object>>> reader,
      JsonMapper json,
      Scheduler blocking) {
    this.path = path;
    this.hasBody = hasBody;
    this.reader = reader;
    this.json = json;
    this.blocking = blocking;
  }

  /**
   * Of a command with a body.
   *
   * @param controller what the usual chain calls
   */
  static <B> CommandShortcut withBody(
      String path,
      Class<B> type,
      BiFunction<B, ShortCall, ResponseEntity<Object>> controller,
      JsonMapper json,
      Scheduler blocking) {
    ObjectReader bodies = json.readerFor(type);
    return new CommandShortcut(
        path,
        true,
        call -> {
          B body = requireNonNull(bodies.readValue(call.body()));
          return () -> controller.apply(body, call);
        },
        json,
        blocking);
  }

  /**
   * Of a command without one.
   *
   * @param controller what the usual chain calls
   */
  static CommandShortcut withoutBody(
      String path,
      Function<ShortCall, ResponseEntity<Object>> controller,
      JsonMapper json,
      Scheduler blocking) {
    return new CommandShortcut(path, false, call -> () -> controller.apply(call), json, blocking);
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public boolean hasBody() {
    return hasBody;
  }

  /**
   * A body that can't be read fails here, before it had an effect, and begins anew. Whatever fails
   * later is what the usual chain tells: the key ring may have been asked.
   */
  @Override
  public Mono<ShortAnswer> answer(ShortCall call) {
    Supplier<ResponseEntity<Object>> command = reader.apply(call);
    return Mono.fromSupplier(() -> done(command.get()))
        .subscribeOn(blocking)
        .onErrorResume(failure -> Mono.just(ShortAnswer.failed(failure)));
  }

  private ShortAnswer done(ResponseEntity<Object> answer) {
    Object body = answer.getBody();
    return ShortAnswer.done(answer, body == null ? NOTHING : json.writeValueAsBytes(body));
  }
}
