package dev.keyledger.query.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keyledger.query.verification.LastUse;
import dev.keyledger.query.views.AccountView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** All live keys of the caller, oldest first, and the position that they were seen at. */
@JsonPropertyOrder(alphabetic = false)
record KeyListAnswer(List<KeyAnswer> keys, long position) {

  static KeyListAnswer of(AccountView view, Map<String, LastUse> uses, Instant now) {
    return new KeyListAnswer(
        view.keys(now).stream()
            .map(key -> KeyAnswer.of(key, uses.get(key.publicApiKey()), now))
            .toList(),
        view.position());
  }
}
