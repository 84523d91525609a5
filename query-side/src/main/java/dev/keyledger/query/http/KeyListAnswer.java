package dev.keyledger.query.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keyledger.query.views.AccountView;
import java.time.Instant;
import java.util.List;

/** All live keys of the caller, oldest first, and the position that they were seen at. */
@JsonPropertyOrder(alphabetic = false)
record KeyListAnswer(List<KeyAnswer> keys, long position) {

  static KeyListAnswer of(AccountView view, Instant now) {
    return new KeyListAnswer(
        view.keys().stream().map(key -> KeyAnswer.of(key, now)).toList(), view.position());
  }
}
