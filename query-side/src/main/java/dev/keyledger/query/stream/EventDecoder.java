package dev.keyledger.query.stream;

import static dev.keyledger.query.views.SetAside.Reason.MISMATCH;
import static dev.keyledger.query.views.SetAside.Reason.VALUE;

import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.query.stream.Decoded.Future;
import dev.keyledger.query.stream.Decoded.Known;
import dev.keyledger.query.stream.Decoded.Poison;
import dev.keyledger.replay.Completeness;
import dev.keyledger.replay.EventJson;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns records of the public topic into events, as any subscriber could. */
public final class EventDecoder {
  private final EventJson json = new EventJson();

  /** What a record is; never fails. */
  public Decoded decode(ConsumerRecord<byte[], byte[]> record) {
    Envelope envelope;
    try {
      envelope = Envelope.of(record);
    } catch (Envelope.Refused refused) {
      return refused.poison();
    }
    byte[] value = record.value();
    if (value == null) {
      return new Poison(VALUE, "there is no value", envelope.place());
    }
    try {
      return decode(envelope, value);
    } catch (RuntimeException _) {
      // Whatever it is, trying again would not help. Its message can quote the value, which belongs
      // in no log.
      return new Poison(VALUE, "not the JSON of " + envelope.type(), envelope.place());
    }
  }

  private Decoded decode(Envelope envelope, byte[] value) {
    Optional<Class<? extends KeyRingEvent>> type = EventTypes.named(envelope.type());
    if (type.isEmpty()) {
      return json.isObject(value)
          ? new Future(envelope.type())
          : new Poison(VALUE, "not a JSON object", envelope.place());
    }
    KeyRingEvent event = Objects.requireNonNull(json.read(value, type.get()));
    String missing = Completeness.missing(event);
    if (!missing.isEmpty()) {
      return new Poison(VALUE, missing + " is missing", envelope.place());
    }
    if (!event.accountId().equals(envelope.place().accountId())) {
      return new Poison(MISMATCH, "the value names another account", envelope.place());
    }
    return new Known(envelope.place().accountId(), envelope.place().position(), event);
  }
}
