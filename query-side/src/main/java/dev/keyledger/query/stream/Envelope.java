package dev.keyledger.query.stream;

import static dev.keyledger.query.views.SetAside.Reason.HEADERS;
import static dev.keyledger.query.views.SetAside.Reason.MISMATCH;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.EventTypes;
import dev.keyledger.query.stream.Decoded.Place;
import dev.keyledger.query.stream.Decoded.Poison;
import dev.keyledger.query.views.SetAside.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an event, as far as the projection relies on them (CloudEvents 1.0, Kafka protocol
 * binding, section 3.2).
 */
record Envelope(Place place, String type) {
  private static final char REPLACEMENT = '\uFFFD';

  /** A record whose headers break a rule. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Poison poison;

    private Refused(Poison poison) {
      super(poison.detail(), null, false, false);
      this.poison = poison;
    }

    Poison poison() {
      return poison;
    }
  }

  /**
   * Reads the headers of a record.
   *
   * @throws Refused if they aren't those of an event of this topic
   */
  static Envelope of(ConsumerRecord<byte[], byte[]> record) throws Refused {
    String subject = header(record, CloudEvents.SUBJECT, Place.NONE);
    if (!subject.equals(text(record.key()))) {
      throw refused(MISMATCH, "the key is not the " + CloudEvents.SUBJECT, Place.NONE);
    }
    Place place = new Place(subject, position(record));
    if (!header(record, CloudEvents.ID, place).equals(subject + ":" + place.position())) {
      throw refused(MISMATCH, CloudEvents.ID + " is not subject and position", place);
    }
    expect(record, CloudEvents.SPEC_VERSION, CloudEvents.SPEC_VERSION_VALUE, place);
    expect(record, CloudEvents.SOURCE, CloudEvents.SOURCE_VALUE, place);
    String contentType = header(record, CloudEvents.CONTENT_TYPE, place).toLowerCase(Locale.ROOT);
    if (!contentType.equals(CloudEvents.CONTENT_TYPE_VALUE)
        && !contentType.startsWith(CloudEvents.CONTENT_TYPE_VALUE + ";")) {
      throw refused(HEADERS, CloudEvents.CONTENT_TYPE + " is not JSON", place);
    }
    String type = header(record, CloudEvents.TYPE, place);
    if (!type.startsWith(EventTypes.PREFIX)) {
      throw refused(HEADERS, CloudEvents.TYPE + " is not one of Keyledger's", place);
    }
    return new Envelope(place, type);
  }

  private static long position(ConsumerRecord<byte[], byte[]> record) throws Refused {
    String text = header(record, CloudEvents.POSITION, Place.NONE);
    try {
      long position = Long.parseLong(text);
      if (position >= 1) {
        return position;
      }
    } catch (NumberFormatException _) {
      // Said below, together with what is not positive.
    }
    throw refused(HEADERS, CloudEvents.POSITION + " is not a number from 1", Place.NONE);
  }

  private static void expect(
      ConsumerRecord<byte[], byte[]> record, String name, String value, Place place)
      throws Refused {
    if (!header(record, name, place).equals(value)) {
      throw refused(HEADERS, name + " is not " + value, place);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name, Place place)
      throws Refused {
    Header header = record.headers().lastHeader(name);
    String value = header == null ? null : text(header.value());
    if (value == null || value.isEmpty()) {
      throw refused(HEADERS, name + " is missing or not text", place);
    }
    return value;
  }

  private static Refused refused(Reason reason, String detail, Place place) {
    return new Refused(new Poison(reason, detail, place));
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    // Quick, but what can't be decoded becomes a replacement: only then is there anything to find
    // out.
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 || isUtf8(bytes) ? text : null;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
