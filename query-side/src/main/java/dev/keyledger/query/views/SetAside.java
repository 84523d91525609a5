package dev.keyledger.query.views;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the topic that could not go into a view.
 *
 * @param detail which rule it breaks, in words that quote nothing of its value
 * @param key the account id, or whatever else was there
 */
public record SetAside(
    String topic,
    int partition,
    long offset,
    Reason reason,
    String detail,
    Instant at,
    @Nullable ByteBuffer key,
    List<Header> headers,
    @Nullable ByteBuffer value) {

  /** A header of the record, decoded as UTF-8 as well as it goes. */
  public record Header(String name, @Nullable String value) {}

  /** What is wrong with a record. */
  public enum Reason {
    /** It is not a CloudEvent as the contract (section 6) has it. */
    HEADERS("headers"),
    /** Its value is not the JSON of an event of its type. */
    VALUE("value"),
    /** Key, headers and value name different accounts. */
    MISMATCH("mismatch"),
    /** An earlier event of the same account is missing. */
    GAP("gap");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** The word in the store and in metrics. */
    public String text() {
      return text;
    }
  }
}
